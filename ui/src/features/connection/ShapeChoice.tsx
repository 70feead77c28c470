import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { Shape, TableChoice, TableName } from '../../ipc/client'
import { useText } from '../../shared/text'

type Props = { shapes: Shape[]; choice: TableChoice | null; onChoose: (choice: TableChoice) => void }

/** Several tables could be the tenant table; what is in each tells them apart. */
export function ShapeChoice({ shapes, choice, onChoose }: Props) {
  const { t, rich } = useText()
  const chosen = shapes.find(
    ({ tenantTable, domainTable }) =>
      fullName(tenantTable) === choice?.tenantTable && fullName(domainTable) === choice.domainTable,
  )
  return (
    <RadioGroup
      className="field"
      value={chosen ? keyOf(chosen) : null}
      onChange={(key) => {
        const shape = shapes.find((of) => keyOf(of) === key)
        if (shape) onChoose({ tenantTable: fullName(shape.tenantTable), domainTable: fullName(shape.domainTable) })
      }}
      data-testid="shape-choice"
    >
      <Label className="field-label">{t('shape.choose')}</Label>
      <div className="choices">
        {shapes.map((shape) => (
          <Radio key={keyOf(shape)} className="choice" value={keyOf(shape)} data-testid={`shape-${keyOf(shape)}`}>
            <span className="mono wrap">{fullName(shape.tenantTable)}</span>
            <span className="field-hint">
              {rich('shape.choose.hint', {
                domains: <bdi className="mono wrap">{fullName(shape.domainTable)}</bdi>,
                tenants: shape.tenants,
                count: shape.domains,
              })}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}

export const fullName = ({ schema, table }: TableName) => `${schema}.${table}`

const keyOf = ({ tenantTable, domainTable }: Shape) => `${fullName(tenantTable)} ${fullName(domainTable)}`
