/** Rows in the order in which they are shown, whether all of them are here or only those near the view. */
export type RowSource<T> = {
  count: number
  /** Nothing where the row is still on its way. */
  rowAt: (index: number) => T | undefined
  /** The place of a row that is here, or -1. */
  indexOf: (key: string) => number
  /** What was asked for: the rows of another question are shown from the first on. */
  answerTo?: string
  /** Told which rows are in view, so that they can be fetched. */
  onView?: (first: number, last: number) => void
  /** The rows between two places, fetched where they are not here. */
  rowsBetween?: (first: number, last: number) => Promise<T[]>
}

export const sourceOf = <T>(rows: T[], rowKey: (row: T) => string): RowSource<T> => ({
  count: rows.length,
  rowAt: (index) => rows[index],
  indexOf: (key) => rows.findIndex((row) => rowKey(row) === key),
})
