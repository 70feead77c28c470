import { type Schema, Validator } from '@cfworker/json-schema'
import type { RJSFSchema, ValidatorType } from '@rjsf/utils'

/**
 * Tells which of several alternatives a value is. It reads the schema as it goes: a validator that compiles needs `eval`,
 * which the window's content security policy forbids.
 */
export const interpreter: ValidatorType = {
  isValid: (schema, data, root) => {
    try {
      return new Validator({ ...definitionsOf(root), ...schema } as Schema).validate(data).valid
    } catch {
      return false
    }
  },
  // A preview keeps nothing, so nothing is refused.
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
}

/** What a part of a schema may point to. */
const definitionsOf = ({ definitions = {}, $defs = {} }: RJSFSchema) => ({ definitions, $defs })
