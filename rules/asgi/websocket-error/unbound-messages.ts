/** What is told of local names without a value, and of rows that are not there. */
export const unboundMessages = {
  'unbound-handler': {
    severity: 'warning',
    text: {
      en: 'after {exception} the handler goes on, and nothing has given `{name}` a value: an UnboundLocalError here each time it is raised',
      fr: 'après {exception}, le code continue après le gestionnaire, et rien n’a donné de valeur à `{name}` : une UnboundLocalError ici chaque fois qu’elle est levée',
    },
    help: {
      en: 'Leave the function in the handler (`return`, after an answer to the client), or give `{name}` a value there.',
      fr: 'Quittez la fonction dans le gestionnaire (`return`, après une réponse au client), ou donnez-y une valeur à `{name}`.',
    },
  },
  'unbound-early': {
    severity: 'warning',
    text: {
      en: 'nothing has given the local name `{name}` a value on any path to this line: an UnboundLocalError whenever it runs',
      fr: 'rien n’a donné de valeur au nom local `{name}` sur aucun chemin vers cette ligne : une UnboundLocalError chaque fois qu’elle s’exécute',
    },
    help: {
      en: 'Give it a value before. If it is a name of the module that this function is to change, declare it: `global {name}`.',
      fr: 'Donnez-lui une valeur avant. Si c’est un nom du module que cette fonction doit changer, déclarez-le : `global {name}`.',
    },
  },
  'unbound-branch': {
    severity: 'info',
    text: {
      en: 'only some branches of an `if` give `{name}` a value: past the others, an UnboundLocalError here',
      fr: 'seules certaines branches d’un `if` donnent une valeur à `{name}` : après les autres, une UnboundLocalError ici',
    },
    help: {
      en: 'Give it a value before the `if`, or leave the function where none of these branches is taken.',
      fr: 'Donnez-lui une valeur avant le `if`, ou quittez la fonction quand aucune de ces branches n’est prise.',
    },
  },
  'no-row': {
    severity: 'info',
    text: {
      en: "`{by}()` may give None: \"AttributeError: 'NoneType' object has no attribute '{name}'\" here",
      fr: "`{by}()` peut donner None : « AttributeError: 'NoneType' object has no attribute '{name}' » ici",
    },
    help: {
      en: 'Keep the row in a variable, and check first that it is not None.',
      fr: 'Gardez la ligne dans une variable, et vérifiez d’abord qu’elle ne vaut pas None.',
    },
  },
} as const
