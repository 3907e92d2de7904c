import type { Text } from "./text.js";
/** From the gravest down. */
export declare const severities: readonly ["error", "warning", "info"];
export type Severity = (typeof severities)[number];
export declare const severityNames: Readonly<Record<Severity, Text>>;
