import sign from './sign.svg'

/** A row of doors, one of them lit. */
export function Sign({ size }: { size: number }) {
  return <img src={sign} width={size} height={size} alt="" />
}
