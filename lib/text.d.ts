/** A sentence for users. Both languages are required, so a missing one does not compile. */
export interface Text {
	readonly en: string;
	readonly fr: string;
}
export type Language = keyof Text;
