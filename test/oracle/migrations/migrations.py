"""
Asks Django: `makemigrations --check --dry-run` on pairs of models and migrations, each pair an app of one project: two of each
class of a field, with every argument, against what Django writes of the same field and of a bare one; then random ones.
Arguments: a seed and how many of those. Prints what every module begins with, then one JSON line for each app: its models,
its migrations and what the command lists.
"""
import builtins
import io
import json
import os
import random
import re
import sys
import tempfile

import django
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

seed, count = sys.argv[1], int(sys.argv[2])
APPS = ['django.contrib.auth', 'django.contrib.contenttypes']
settings.configure(
    SECRET_KEY='x',
    INSTALLED_APPS=APPS,
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}},
    DEFAULT_AUTO_FIELD='django.db.models.BigAutoField',
    USE_I18N=False,
)
django.setup()
random.seed(f'{seed} {django.VERSION[:2]}')


def chance(of):
    return random.random() < of


class Kind(models.TextChoices):
    A = 'a', 'First'
    B = 'b', 'Second'


HEAD = '''from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    A = 'a', 'First'
    B = 'b', 'Second'


'''
NAMES = {'models': models, 'timezone': timezone, '_': _, 'Kind': Kind}
TEXTS = ["''", "'x'", "_('x')", "'y'", 'Kind.A', 'None']
COMMON = {
    'null': ['True', 'False'],
    'blank': ['True', 'False'],
    'unique': ['True', 'False'],
    'db_index': ['True', 'False'],
    'editable': ['True', 'False'],
    'help_text': ["''", "'Help'", "_('Help')"],
    'verbose_name': ["'Name'", "_('Name')", "'Other'", 'None'],
    'db_column': ["'column'", 'None'],
    'unique_for_date': ["'at'", 'None'],
    'serialize': ['True', 'False'],
    'error_messages': ["{'unique': 'Taken'}", '{}', 'None'],
    'validators': ['[]'],
    'primary_key': ['False'],
}
CHOICES = ["[('a', 'First'), ('b', 'Second')]", "(('a', 'First'), ('b', 'Second'))", 'Kind.choices', "[('a', 'Other')]",
           '[]', 'None', "[['a', 'First'], ['b', 'Second']]", "[('Group', [('a', 'First')])]", "[(1, 'One'), (2, 'Two')]"]
TEXT = {'default': TEXTS, 'choices': CHOICES, 'max_length': ['10', '50', '80', '100', '200', '254', 'None']}
NUMBER = {'default': ['0', '1', '1.0', 'True', 'None', '-3'], 'choices': CHOICES}
DAY = {'auto_now': ['True', 'False'], 'auto_now_add': ['True', 'False'], 'default': ['timezone.now', 'None']}
TARGETS = ["'auth.User'", "'auth.Group'", "'self'"]
DELETED = ['models.CASCADE', 'models.SET_NULL', 'models.PROTECT']
RELATION = {'related_name': ["'rooms'", "'+'", 'None'], 'default': ['1', 'None'], 'db_constraint': ['True', 'False']}
KINDS = {
    'CharField': TEXT, 'TextField': TEXT, 'EmailField': TEXT, 'SlugField': {**TEXT, 'allow_unicode': ['True', 'False']},
    'URLField': TEXT, 'IntegerField': NUMBER, 'BigIntegerField': NUMBER, 'PositiveIntegerField': NUMBER,
    'SmallIntegerField': NUMBER, 'FloatField': NUMBER, 'BooleanField': {'default': ['True', 'False', 'None', '1']},
    'DecimalField': {'max_digits': ['5', '9'], 'decimal_places': ['2', '3'], 'default': ['0', '1.5']},
    'DateField': DAY, 'DateTimeField': DAY, 'TimeField': DAY,
    'BinaryField': {'max_length': ['10', 'None'], 'default': ["b''", "b'x'"]},
    'FileField': {'upload_to': ["''", "'files'", "'more/%Y'"], 'max_length': ['100', '200']},
    'ImageField': {'upload_to': ["''", "'files'"], 'width_field': ["'w'", 'None'], 'max_length': ['100', '200']},
    'FilePathField': {'path': ["''", "'/app'"], 'recursive': ['True', 'False'], 'match': ["'x'", 'None'],
                      'allow_folders': ['True', 'False'], 'allow_files': ['True', 'False'], 'max_length': ['100', '9']},
    'JSONField': {'default': ['dict', 'list', 'None', '1']},
    'UUIDField': {'default': ['None'], 'max_length': ['32', '40']},
    'DurationField': {'default': ['None']},
    'GenericIPAddressField': {'protocol': ["'both'", "'IPv4'", "'ipv4'"], 'unpack_ipv4': ['True', 'False'],
                              'max_length': ['39', '45']},
    'ForeignKey': {**RELATION, 'to': TARGETS, 'on_delete': DELETED},
    'OneToOneField': {**RELATION, 'to': TARGETS, 'on_delete': DELETED},
    'ManyToManyField': {'to': TARGETS, 'related_name': ["'rooms'", "'+'"], 'symmetrical': ['True', 'False'],
                        'blank': ['True', 'False'], 'db_table': ["'table'", 'None']},
}
NEEDED = {'ForeignKey': ['to', 'on_delete'], 'OneToOneField': ['to', 'on_delete'], 'ManyToManyField': ['to']}


def arguments(kind):
    own = KINDS[kind]
    return own if kind == 'ManyToManyField' else {**COMMON, **own}


def choose(kind):
    """A field as its class and its arguments, in source."""
    pool = arguments(kind)
    chosen = random.sample(sorted(pool), min(len(pool), random.choice([0, 1, 1, 2, 2, 3, 4])))
    names = NEEDED.get(kind, []) + [name for name in chosen if name not in NEEDED.get(kind, [])]
    return kind, {name: random.choice(pool[name]) for name in names}


def source(field):
    kind, given = field
    given = dict(given)
    first = ''
    if 'verbose_name' in given and kind not in NEEDED and chance(0.4):
        first = given.pop('verbose_name')
    elif kind in NEEDED and chance(0.5):
        first = given.pop('to')
    words = [first] * (first != '') + [f'{name}={value}' for name, value in given.items()]
    return f"models.{kind}({', '.join(words)})"


def made(text):
    try:
        field = eval(text, NAMES)
        field.set_attributes_from_name('name')
        field.deconstruct()
        return field
    except Exception:
        return None


def field():
    while True:
        one = choose(random.choice(sorted(KINDS)))
        if made(source(one)) is not None:
            return one


def near(one):
    """The same, or with one argument that is another, more or less; or of another class."""
    kind, given = one
    while True:
        other = dict(given)
        pool = arguments(kind)
        name = random.choice(sorted(pool))
        if chance(0.1):
            return field()
        if chance(0.3) and set(other) - set(NEEDED.get(kind, [])):
            del other[random.choice(sorted(set(other) - set(NEEDED.get(kind, []))))]
        else:
            other[name] = random.choice(pool[name])
        if made(source((kind, other))) is not None:
            return kind, other


IMPORTS = '\n'.join(sorted({'from django.db import migrations, models', 'import django.db.models.deletion', 'import django.utils.timezone',
           'from django.conf import settings', 'from django.utils import timezone',
           'from django.utils.translation import gettext_lazy as _'}))


def written(one):
    """As a migration has it: as Django writes it, or as somebody does."""
    text = source(one)
    if chance(0.7) or 'Kind' in text:
        return MigrationWriter.serialize(made(text))[0]
    return text


ID = "('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID'))"


def migration(before, operations):
    listed = ',\n        '.join(operations)
    depends = f"[('{{app}}', '{before}')]" if before else '[]'
    return (f'{{imports}}\n\n\nclass Migration(migrations.Migration):\n    dependencies = {depends}\n'
            f'    operations = [\n        {listed},\n    ]\n')


def pair():
    """The text of a `models` module, and those of its migrations."""
    fields = {name: field() for name in ['name', 'at', 'extra'][:random.choice([1, 1, 2, 3])]}
    stored = {name: one if chance(0.4) else near(one) for name, one in fields.items()}
    if chance(0.1):
        stored.pop(random.choice(sorted(stored)))
    if chance(0.1):
        stored['gone'] = field()
    options = ''
    if chance(0.07):
        options = random.choice([", options={'managed': False}", ", options={'ordering': ['name']}"])
    # Where it stands by now, and where it stood in the first migration.
    steps, first, more = {}, dict(stored), []
    for name in sorted(stored):
        if chance(0.15):
            del first[name]
            given = '' if chance(0.5) else ', preserve_default=True'
            more.append(f"migrations.AddField(model_name='room', name='{name}', field={written(stored[name])}{given})")
        elif chance(0.1):
            first[name] = field()
            more.append(f"migrations.AlterField('Room', '{name}', {written(stored[name])})")
        elif chance(0.05):
            first['old'] = first.pop(name)
            more.append(f"migrations.RenameField('room', 'old', '{name}')")
            break
    if chance(0.05):
        more.append("migrations.AlterModelOptions(name='room', options={'managed': False})" if chance(0.3)
                    else "migrations.AlterModelOptions(name='room', options={'verbose_name': 'Room'})")
    columns = ''.join(f",\n            ('{name}', {written(one)})" for name, one in first.items())
    steps['0001_initial'] = migration(None, [f"migrations.CreateModel(name='Room', fields=[\n            {ID}{columns},\n        ]{options})"])
    if more:
        steps['0002_more'] = migration('0001_initial', more)
    return '{head}' + classes(fields), steps


def systematic(kind):
    """One model with each argument of a class, against the same as Django writes it, and against bare fields."""
    needed = {name: arguments(kind)[name][0] for name in NEEDED.get(kind, [])}
    given = [{**needed, name: value} for name, values in arguments(kind).items() for value in values]
    texts = [text for text in (f"models.{kind}({', '.join(f'{n}={v}' for n, v in one.items())})" for one in given) if made(text)]
    module = '{head}class Room(models.Model):\n' + ''.join(f'    f{i} = {text}\n' for i, text in enumerate(texts))
    bare = [f"models.{kind}({', '.join(f'{n}={v}' for n, v in needed.items())})"] * len(texts)
    for before in [texts, bare]:
        columns = ''.join(f",\n            ('f{i}', {MigrationWriter.serialize(made(text))[0]})" for i, text in enumerate(before))
        yield module, {'0001_initial': migration(None, [f"migrations.CreateModel(name='Room', fields=[\n            {ID}{columns},\n        ])"])}


def lines(fields):
    return ''.join(f'    {name} = {source(one)}\n' for name, one in fields.items())


META = ['', "        ordering = ['id']\n", '        managed = False\n', "        app_label = 'auth'\n", "        verbose_name = 'Room'\n"]


def classes(fields):
    names = sorted(fields)
    some = {name: fields[name] for name in names if chance(0.5)}
    others = {name: one for name, one in fields.items() if name not in some}
    abstract = '    class Meta:\n        abstract = True\n'
    shape = random.choice(['plain'] * 8 + ['managed', 'base', 'base', 'option', 'mixin', 'tangle', 'none', 'meta'])
    if shape == 'plain':
        return f'class Room(models.Model):\n{lines(fields)}'
    if shape == 'managed':
        return f'class Room(models.Model):\n{lines(fields)}\n    class Meta:\n{random.choice(META[1:3])}'
    body = lines(others) or '    pass\n'
    if shape == 'base':
        return f'class Base(models.Model):\n{lines(some)}\n{abstract}\n\nclass Room(Base):\n{body}'
    if shape == 'option':
        return f'class Base(models.Model):\n{lines(some)}\n{abstract}{random.choice(META[:3])}\n\nclass Room(Base):\n{body}'
    if shape == 'mixin':
        return f'class Mixin:\n{lines(some)}    kept = 1\n\n\nclass Room(Mixin, models.Model):\n{body}'
    if shape == 'tangle':
        one = f'class One(models.Model):\n{lines(some)}\n{abstract}'
        two = f"class Two(models.Model):\n    name = {source(field())}\n\n{abstract}"
        return f'{one}\n\n{two}\n\nclass Room(One, Two):\n{body}'
    if shape == 'none':
        return f"class Base(models.Model):\n{lines(some)}\n{abstract}\n\nclass Room(Base):\n    name = None\n{''.join(lines({n: o for n, o in others.items() if n != 'name'}))}"
    return f'class Base(models.Model):\n{lines(some)}\n    class Meta:\n        abstract = True\n        managed = False\n\n\nclass Room(Base):\n{body}\n    class Meta(Base.Meta):\n        managed = {chance(0.5)}\n'


folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
pairs = [one for kind in sorted(KINDS) for one in systematic(kind)] + [pair() for _one in range(count)]
for number, (module, steps) in enumerate(pairs):
    home = os.path.join(folder, f'app{number}', 'migrations')
    os.makedirs(home)
    for name, text in {'../__init__': '', '../models': module, '__init__': '', **steps}.items():
        with open(os.path.join(home, f'{name}.py'), 'w') as file:
            file.write(text.replace('{app}', f'app{number}').replace('{head}', HEAD).replace('{imports}', IMPORTS))
# Whether a field was renamed is a question, and the others are not asked with --dry-run.
builtins.input = lambda prompt='': 'n'
sys.stdin.isatty = lambda: True
out = io.StringIO()
stdout, sys.stdout = sys.stdout, io.StringIO()
try:
    with override_settings(INSTALLED_APPS=[*APPS, *(f'app{number}' for number in range(len(pairs)))]):
        call_command('makemigrations', check_changes=True, dry_run=True, stdout=out, stderr=sys.stderr, no_color=True)
except SystemExit:
    pass
finally:
    sys.stdout = stdout
listed, current = {}, None
for line in out.getvalue().splitlines():
    begins = re.match(r"Migrations for '(\w+)':", line)
    change = re.match(r'    [-+~?ps] (.*)', line)
    if begins:
        current = listed.setdefault(begins[1], [])
    elif change:
        current.append(change[1])
print(json.dumps({'head': HEAD, 'imports': IMPORTS}))
for number, (module, steps) in enumerate(pairs):
    print(json.dumps({'models': module, 'migrations': steps, 'listed': listed.get(f'app{number}', [])}))
