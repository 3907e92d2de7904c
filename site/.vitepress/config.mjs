import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

/** `npm run docs` writes the pages and what stands beside them (scripts/docs.ts). */
const { sidebar, home, repository, version } = JSON.parse(
  readFileSync(new URL('../site.json', import.meta.url), 'utf8'),
)

// It runs in the browser, without what stands here.
const source = ({ frontmatter }) => frontmatter.source

export default defineConfig({
  srcDir: 'pages',
  outDir: 'dist',
  base: new URL(home).pathname,
  title: 'dynolint',
  cleanUrls: true,
  lastUpdated: false,
  sitemap: { hostname: home },
  vite: { logLevel: 'warn', build: { chunkSizeWarningLimit: 20_000 } },
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      description: 'Will the WebSockets of a Django Channels project work on a Heroku dyno?',
      themeConfig: {
        nav: [
          { text: 'Rules', link: '/rules' },
          { text: version, link: '/changes' },
        ],
        sidebar: sidebar.en,
        editLink: { pattern: source, text: 'The source of this page' },
      },
    },
    fr: {
      label: 'Français',
      lang: 'fr',
      description: 'Les WebSockets d’un projet Django Channels marcheront-ils sur un dyno Heroku\u202f?',
      themeConfig: {
        nav: [
          { text: 'Règles', link: '/fr/rules' },
          { text: version, link: '/changes' },
        ],
        sidebar: sidebar.fr,
        editLink: { pattern: source, text: 'La source de cette page' },
        outline: { label: 'Sur cette page' },
        docFooter: { prev: 'Page précédente', next: 'Page suivante' },
        darkModeSwitchLabel: 'Apparence',
        lightModeSwitchTitle: 'Passer au thème clair',
        darkModeSwitchTitle: 'Passer au thème sombre',
        sidebarMenuLabel: 'Menu',
        returnToTopLabel: 'Retour en haut',
        langMenuLabel: 'Changer de langue',
        skipToContentLabel: 'Aller au contenu',
        notFound: {
          title: 'PAGE INTROUVABLE',
          quote: 'Il n’y a rien à cette adresse.',
          linkLabel: 'Aller à l’accueil',
          linkText: 'Accueil',
        },
      },
    },
  },
  themeConfig: {
    sidebarCollapsed: true,
    socialLinks: [{ icon: 'github', link: repository }],
    search: {
      provider: 'local',
      options: {
        locales: {
          fr: {
            translations: {
              button: { buttonText: 'Rechercher', buttonAriaLabel: 'Rechercher' },
              modal: {
                displayDetails: 'Afficher les détails',
                resetButtonTitle: 'Effacer la recherche',
                backButtonTitle: 'Fermer la recherche',
                noResultsText: 'Aucun résultat pour',
                footer: {
                  selectText: 'ouvrir',
                  navigateText: 'parcourir',
                  closeText: 'fermer',
                },
              },
            },
          },
        },
      },
    },
  },
})
