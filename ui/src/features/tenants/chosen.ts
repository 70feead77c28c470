import { makeChosen } from '../../shared/chosen'

/** The tenants that are chosen, by their schemas. */
export const { useChosen, choose, chooseNone } = makeChosen()
