// SPDX-License-Identifier: AGPL-3.0-or-later
import { createApp } from 'vue'
import App from './App.vue'
import { beforehand, router } from './router'

createApp(App).use(router).mount('#passerelle')
void router.isReady().then(beforehand)
