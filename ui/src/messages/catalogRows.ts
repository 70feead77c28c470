/** Rows of a catalog, and in what they differ. */
export const catalogRows = {
  'catalog.row.category': 'Category {key}',
  'catalog.row.atom': 'Atom {key}',
  'catalog.row.version': 'Version {version} of {key}',
  'catalog.difference.added': 'New',
  'catalog.difference.changed': 'Changed',
  'catalog.difference.removed': 'Gone',
  'catalog.value.empty': 'empty',
  'catalog.lines.alike': '{count, number} lines alike',
  'catalog.line.added': 'added',
  'catalog.line.removed': 'removed',
  'catalog.differs.category':
    '{kind, select, added {New category {key}} removed {Category {key} is gone} other {Category {key} has another {fields}}}',
  'catalog.differs.atom':
    '{kind, select, added {New atom {key}} removed {Atom {key} is gone} other {Atom {key} has another {fields}}}',
  'catalog.differs.version':
    '{kind, select, added {New version {version} of {key}} removed {Version {version} of {key} is gone} other {{active, select, true {Version {version} of {key} is switched on} false {Version {version} of {key} is switched off} other {Version {version} of {key} has other {fields}}}}}',
}

export const catalogFields = {
  'catalog.field.name': 'Name',
  'catalog.field.description': 'Description',
  'catalog.field.category': 'Category',
  'catalog.field.releaseDate': 'Release date',
  'catalog.field.releaseNotes': 'Release notes',
  'catalog.field.configSchema': 'Config schema',
  'catalog.field.isActive': 'Active',
}
