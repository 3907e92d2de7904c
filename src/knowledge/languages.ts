/**
 * Codes of global_settings.LANGUAGES of Django 3.2, all of them with translations of Django's own, and those that a later
 * release added (ms: 4.0, ckb: 4.2, ug: 5.0, ht: 6.0). Read from the releases 3.2.25 to 6.0.10 on 2026-11-29.
 */
export const languages: ReadonlySet<string> = new Set(
  (
    'af ar ar-dz ast az bg be bn br bs ca cs cy da de dsb el en en-au en-gb eo es es-ar es-co es-mx es-ni es-ve et eu ' +
    'fa fi fr fy ga gd gl he hi hr hsb hu hy ia id ig io is it ja ka kab kk km kn ko ky lb lt lv mk ml mn mr my nb ne ' +
    'nl nn os pa pl pt pt-br ro ru sk sl sq sr sr-latn sv sw ta te tg th tk tr tt udm uk ur uz vi zh-hans zh-hant'
  ).split(' '),
)

export const newerLanguages: ReadonlySet<string> = new Set(['ckb', 'ms', 'ug', 'ht'])

/** LANG_INFO[code]['fallback'] of django/conf/locale. */
export const fallbacks: Readonly<Record<string, string>> = {
  'zh-cn': 'zh-hans',
  'zh-hk': 'zh-hant',
  'zh-mo': 'zh-hant',
  'zh-my': 'zh-hans',
  'zh-sg': 'zh-hans',
  'zh-tw': 'zh-hant',
}
