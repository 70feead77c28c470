import './master.css'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { MasterAtom, MasterCatalog } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { ErrorView } from '../../../shared/ErrorView'
import { Field } from '../../../shared/Field'
import { Name } from '../../../shared/Name'
import { Notice } from '../../../shared/Notice'
import { Pane } from '../../../shared/Pane'
import { ProblemList } from '../../../shared/ProblemList'
import { useText } from '../../../shared/text'
import { usePublished } from './api'
import { CategoryField } from './CategoryField'
import {
  type AtomDraft,
  draftOf,
  dropDraft,
  editOf,
  elsewhere,
  keepDraft,
  keptDraft,
  problemsAt,
  slugOf,
  type VersionDraft,
  versionLike,
  versionProblems,
} from './draft'
import { useEdit } from './useEdit'
import { VersionForm } from './VersionForm'

const route = getRouteApi('/catalog')
const ID = 'atom-form'
const NEW = ' new'

/** An atom of the master catalog as a form, or a new one. */
export function AtomForm({ atom, catalog }: { atom: MasterAtom | null; catalog: MasterCatalog }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const key = atom?.slug ?? NEW
  const [draft, setDraft] = useState(() => keptDraft(key) ?? draftOf(atom))
  const [open, setOpen] = useState<number | null>(() => draft.versions[0]?.id ?? null)
  const published = usePublished()
  const leave = (slug: string | undefined) =>
    void navigate({ search: ({ panel: _, ...old }) => ({ ...old, atom: slug }), replace: true })
  const title = atom ? <Name>{atom.name}</Name> : t('master.new.title')
  const edit = useEdit({
    title: atom ? t('master.edit.plan', { name: atom.name }) : t('master.new.plan', { name: draft.name }),
    onApplied: () => dropDraft(key),
    onDone: () => leave(draft.slug.trim()),
  })
  const { problems } = edit
  const request = editOf(draft, atom, catalog)

  function put(change: Partial<AtomDraft>) {
    const next = { ...draft, ...change }
    setDraft(next)
    keepDraft(key, next)
    edit.forget()
  }
  function rename(name: string) {
    put(draft.slugEdited ? { name } : { name, slug: slugOf(name) })
  }
  function putVersion(id: number, change: Partial<VersionDraft>) {
    put({ versions: draft.versions.map((known) => (known.id === id ? { ...known, ...change } : known)) })
  }
  function add(from: VersionDraft | undefined) {
    const made = versionLike(from, draft.versions)
    put({ versions: [made, ...draft.versions] })
    setOpen(made.id)
  }
  function remove(version: VersionDraft, isRemoved: boolean) {
    if (version.saved === null) return put({ versions: draft.versions.filter(({ id }) => id !== version.id) })
    const others = draft.removed.filter((name) => name !== version.version)
    put({ removed: isRemoved ? [...others, version.version] : others })
  }
  function discard() {
    dropDraft(key)
    setDraft(draftOf(atom))
    edit.forget()
  }
  const others = elsewhere(problems)
  const isUnchanged = request === null
  const footer = (
    <>
      <span className="muted grow" role="status">
        {t(isUnchanged ? 'master.unchanged' : 'master.changed')}
      </span>
      {!isUnchanged && (
        <Button onPress={discard} data-testid="atom-discard">
          {t('master.discard')}
        </Button>
      )}
      <Button
        type="submit"
        form={ID}
        variant="primary"
        isDisabled={isUnchanged || edit.isChecking}
        data-testid="atom-save"
      >
        {t('master.save')}
      </Button>
    </>
  )
  return (
    <Pane
      label={t('catalog.atom')}
      title={title}
      subtitle={atom && <Name mono>{atom.slug}</Name>}
      onClose={() => leave(atom?.slug)}
      footer={footer}
      data-testid="atom-form"
    >
      <Form
        id={ID}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault()
          if (request) edit.save(request)
        }}
      >
        {edit.error !== null && (
          <div className="pane-section">
            <ErrorView error={edit.error} />
          </div>
        )}
        {others.length > 0 && (
          <div className="pane-section">
            <Notice tone="bad" title={t('master.problems')}>
              <ProblemList problems={others} />
            </Notice>
          </div>
        )}
        <section className="pane-section fields">
          <Field
            name="name"
            label={t('master.name')}
            value={draft.name}
            onChange={rename}
            problems={problemsAt(problems, 'name')}
            autoFocus={atom === null}
            data-testid="atom-name"
          />
          {atom === null && (
            <Field
              name="slug"
              label={t('catalog.slug')}
              value={draft.slug}
              onChange={(slug) => put({ slug, slugEdited: true })}
              problems={problemsAt(problems, 'slug')}
              hint={t('master.slug.hint')}
              mono
              data-testid="atom-slug"
            />
          )}
          <div className={atom === null ? 'wide' : undefined}>
            <CategoryField
              categories={catalog.categories}
              value={draft.category}
              onChange={(category) => category !== draft.category && put({ category })}
              problems={[
                ...problemsAt(problems, 'category'),
                ...problems.filter(({ field }) => field === 'categories[0].name'),
              ]}
            />
          </div>
          <div className="wide">
            <Field
              name="description"
              label={t('master.description')}
              value={draft.description}
              onChange={(description) => put({ description })}
              problems={problemsAt(problems, 'description')}
              multiline
              optional
              data-testid="atom-description"
            />
          </div>
        </section>
        <div className="version-head">
          <h3 className="grow">{t('catalog.versions')}</h3>
          <Button icon={<Plus size={14} />} onPress={() => add(draft.versions[0])} data-testid="version-add">
            {t('master.version.add')}
          </Button>
        </div>
        {draft.versions.map((version) => (
          <VersionForm
            key={version.id}
            draft={version}
            isOpen={open === version.id}
            onToggle={() => setOpen(open === version.id ? null : version.id)}
            isRemoved={version.saved !== null && draft.removed.includes(version.version)}
            onRemove={(isRemoved) => remove(version, isRemoved)}
            onCopy={() => add(version)}
            release={atom && version.saved ? published(atom.slug, version.version) : null}
            problemsOf={(field) => versionProblems(draft, version.id, problems, field)}
            onChange={(change) => putVersion(version.id, change)}
          />
        ))}
      </Form>
      {edit.plan}
    </Pane>
  )
}
