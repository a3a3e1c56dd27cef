// SPDX-License-Identifier: AGPL-3.0-or-later
import { createRouter, createWebHashHistory } from 'vue-router'
import AdminSettings from './views/AdminSettings.vue'
import AllJobs from './views/AllJobs.vue'
import JobPage from './views/JobPage.vue'
import LogPage from './views/LogPage.vue'
import NewJob from './views/NewJob.vue'
import Overview from './views/Overview.vue'
import WorkspacePage from './views/WorkspacePage.vue'

const numberOf = (id: string | string[]): number => Number(Array.isArray(id) ? id[0] : id)

export const router = createRouter({
	history: createWebHashHistory(),
	routes: [
		{ path: '/', name: 'overview', component: Overview },
		{ path: '/new', name: 'new', component: NewJob },
		{ path: '/jobs/:id(\\d+)/:step?', name: 'job', component: JobPage, props: route => ({ id: numberOf(route.params.id), step: String(route.params.step ?? '') }) },
		{ path: '/admin/jobs', name: 'all-jobs', component: AllJobs },
		{ path: '/admin/workspaces/:name', name: 'workspace', component: WorkspacePage, props: true },
		{ path: '/admin/log', name: 'log', component: LogPage },
		{ path: '/admin/settings', name: 'settings', component: AdminSettings },
		{ path: '/:rest(.*)*', redirect: '/' },
	],
})
