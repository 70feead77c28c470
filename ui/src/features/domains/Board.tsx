import './board.css'
import { getRouteApi } from '@tanstack/react-router'
import { useText } from '../../shared/text'
import { BoardPane } from './BoardPane'

const route = getRouteApi('/domains')

/** Two tenants side by side. Domains go from one to the other by mouse, by keys, or by a button. */
export function Board() {
  const { t } = useText()
  const { left, right } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <p className="board-text muted">{t('board.text')}</p>
      <div className="board">
        <BoardPane
          side="left"
          schema={left ?? null}
          other={right ?? null}
          onChoose={(schema) => void navigate({ search: (old) => ({ ...old, left: schema }) })}
        />
        <BoardPane
          side="right"
          schema={right ?? null}
          other={left ?? null}
          onChoose={(schema) => void navigate({ search: (old) => ({ ...old, right: schema }) })}
        />
      </div>
    </>
  )
}
