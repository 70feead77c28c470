import { Label, Radio, RadioGroup } from 'react-aria-components'
import { call, commands, type Problem, type Tls } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Field } from '../../shared/Field'
import { useText } from '../../shared/text'
import { asksCertificate, type Fields, isLocal, isWeak, tlsOf } from './fields'

const MODES: Tls[] = ['verify-full', 'verify-ca', 'require', 'disable']

type Props = {
  fields: Fields
  change: (change: Partial<Fields>) => void
  problemsOf: (field: string) => Problem[]
}

/** How much of the server's identity is checked, and why not all of it. */
export function TlsFields({ fields, change, problemsOf }: Props) {
  const { t } = useText()
  const tls = tlsOf(fields)
  const choose = (mode: Tls) => change({ tls: { mode, local: isLocal(fields.host) } })
  const chooseFile = async () => {
    const file = await call(commands.chooseFile())
    if (file) change({ root_certificate: file })
  }
  return (
    <>
      <RadioGroup className="field" name="tls" value={tls} onChange={(value) => choose(value as Tls)}>
        <Label className="field-label">{t('connect.tls')}</Label>
        <div className="choices">
          {MODES.map((mode) => (
            <Radio key={mode} className="choice" value={mode} data-testid={`tls-${mode}`}>
              <span>
                {t(`tls.${mode}`)} <span className="muted">{mode}</span>
              </span>
              <span className="field-hint">{t(`tls.${mode}.hint`)}</span>
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {isWeak(fields) && (
        <Field
          name="weaker_reason"
          label={t('connect.reason')}
          value={fields.weaker_reason}
          onChange={(weaker_reason) => change({ weaker_reason })}
          problems={problemsOf('weaker_reason')}
          hint={t('connect.reason.hint')}
        />
      )}
      {asksCertificate(tls) && (
        <Field
          name="root_certificate"
          label={t('connect.certificate')}
          value={fields.root_certificate}
          onChange={(root_certificate) => change({ root_certificate })}
          problems={problemsOf('root_certificate')}
          hint={t('connect.certificate.hint')}
          mono
          optional
          after={<Button onPress={() => void chooseFile()}>{t('catalog.import.file')}</Button>}
        />
      )}
    </>
  )
}
