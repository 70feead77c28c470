import './theme/tokens.css'
import './theme/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { followTheme } from './theme/theme'

followTheme()
const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
