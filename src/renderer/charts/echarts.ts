import { BarChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, VisualMapComponent } from 'echarts/components'
import { use } from 'echarts/core'
import type { ComposeOption } from 'echarts/core'
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption, PieSeriesOption } from 'echarts/charts'
import type { GridComponentOption, VisualMapComponentOption } from 'echarts/components'
import { CanvasRenderer } from 'echarts/renderers'

/** Only what the charts draw with: the rest of ECharts stays out of the page. */
use([
  ...[BarChart, HeatmapChart, LineChart, PieChart],
  ...[GridComponent, MarkLineComponent, VisualMapComponent, CanvasRenderer],
])

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | PieSeriesOption
  | HeatmapSeriesOption
  | GridComponentOption
  | VisualMapComponentOption
>

/** Series that are gone leave; everything else is merged, so that an update never blinks. */
export const updateOptions = { replaceMerge: 'series' } as const

export { default as EChart } from 'vue-echarts'
