import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** `--mode fake` shows the interface in any browser, on a platform that is made up. Nothing of it is in a normal build. */
const fakePlatform: Plugin = {
  name: 'fake-platform',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replace('/src/main.tsx', '/src/test/main.fake.tsx') },
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), mode === 'fake' && fakePlatform],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  build: { assetsInlineLimit: 0, target: 'safari17', modulePreload: { polyfill: false }, reportCompressedSize: true },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    css: false,
    testTimeout: 60_000,
    env: { DEBUG_PRINT_LIMIT: '2000' },
  },
}))
