import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

// The benchmark and the processes that make its load; what is in node_modules stays there.
export default defineConfig({
  root: here,
  build: {
    ssr: true,
    outDir: resolve(here, '../out/bench'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: {
        main: resolve(here, 'main.ts'),
        publisher: resolve(here, 'load/publisher.ts'),
        receiver: resolve(here, 'load/receiver.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
