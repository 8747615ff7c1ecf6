import * as z from 'zod/mini'

import { GENERATIONS, SITE_TYPES } from './site-type'

export const siteTypeSchema = z.enum(SITE_TYPES)

export const generationSchema = z.enum(GENERATIONS)
