// SPDX-License-Identifier: AGPL-3.0-or-later
import { createApp } from 'vue'
import AdminSettings from './views/AdminSettings.vue'

createApp(AdminSettings).mount('#passerelle-admin')
