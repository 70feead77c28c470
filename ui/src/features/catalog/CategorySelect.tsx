import type { MasterCatalog } from '../../ipc/client'
import { ChoiceSelect } from '../../shared/ChoiceSelect'
import { useText } from '../../shared/text'

type Props = { catalog: MasterCatalog; value: string | undefined; onChange: (category: string | undefined) => void }

export function CategorySelect({ catalog, value, onChange }: Props) {
  const { t } = useText()
  return (
    <ChoiceSelect
      label={t('catalog.category')}
      all={t('catalog.category.all')}
      options={catalog.categories.map(({ name }) => ({ id: name, text: name }))}
      value={value}
      onChange={onChange}
      data-testid="category"
    />
  )
}
