import './master.css'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { FileInput, Plus, Tags } from 'lucide-react'
import { call, commands } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { SaveFile } from '../../../shared/SaveFile'
import { useText } from '../../../shared/text'

const route = getRouteApi('/catalog')

const PANELS = [
  { panel: 'new', icon: Plus, text: 'master.new', testId: 'atom-new' },
  { panel: 'categories', icon: Tags, text: 'master.categories.open', testId: 'catalog-categories' },
  { panel: 'import', icon: FileInput, text: 'catalog.import', testId: 'catalog-import' },
] as const

/** What is done with the master catalog. Where there is little room, only the icons stay. */
export function MasterTools({ isEmpty = false }: { isEmpty?: boolean }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const open = (panel: (typeof PANELS)[number]['panel']) =>
    void navigate({ search: ({ way: _, to: __, ...old }) => ({ ...old, panel }) })
  return (
    <div className="master-tools">
      {PANELS.map(({ panel, icon: Icon, text, testId }) => (
        <span key={panel} title={t(text)}>
          <Button
            icon={<Icon size={14} aria-hidden />}
            aria-label={t(text)}
            onPress={() => open(panel)}
            data-testid={testId}
          >
            {t(text)}
          </Button>
        </span>
      ))}
      {!isEmpty && <ExportMaster />}
    </div>
  )
}

/** The master catalog as JSON or CSV, in a file that is asked for and that can be imported again. */
function ExportMaster() {
  const { t } = useText()
  const writing = useMutation({ mutationFn: () => call(commands.exportCatalog(0)) })
  return (
    <SaveFile
      label={t('master.export')}
      writing={writing}
      onSave={() => writing.mutate()}
      savingWords={t('master.exporting')}
      savedWords={(path) => t('master.exported', { path })}
      className="master-exported"
      data-testid="catalog-export"
      data-saved-testid="catalog-exported"
    />
  )
}
