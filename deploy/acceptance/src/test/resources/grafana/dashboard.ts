// SPDX-License-Identifier: Apache-2.0
// What a dashboard of this repository may be, by Grafana's own published types (npm package
// @grafana/schema, Apache-2.0). DashboardTypesTest checks each file as a constant of type Board: a
// field that Grafana does not know, or a value that is not of its kind, is an error of the compiler.
import type * as common from '@grafana/schema';
import type * as core from '@grafana/schema/raw/dashboard/x/types.gen';
import type * as bargauge from '@grafana/schema/raw/composable/bargauge/panelcfg/x/types.gen';
import type * as heatmap from '@grafana/schema/raw/composable/heatmap/panelcfg/x/types.gen';
import type * as stat from '@grafana/schema/raw/composable/stat/panelcfg/x/types.gen';
import type * as statetimeline from '@grafana/schema/raw/composable/statetimeline/panelcfg/x/types.gen';
import type * as table from '@grafana/schema/raw/composable/table/panelcfg/x/types.gen';
import type * as timeseries from '@grafana/schema/raw/composable/timeseries/panelcfg/x/types.gen';

/** JSON has no enumerations: their values stand for them. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends number | boolean | null | undefined
    ? T
    : T extends Array<infer U>
      ? Array<Plain<U>>
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** CHSqlQuery of the plugin grafana-clickhouse-datasource. */
interface ClickHouseQuery {
  refId: string;
  datasource: { type: 'grafana-clickhouse-datasource'; uid: string };
  editorType: 'sql';
  format: 0 | 1;
  queryType: 'timeseries' | 'table';
  rawSql: string;
}

interface PrometheusQuery {
  refId: string;
  datasource: { type: 'prometheus'; uid: string };
  editorMode: 'code';
  expr: string;
  legendFormat: string;
  instant: boolean;
  range: boolean;
}

type FieldConfig<Custom> = Omit<core.FieldConfigSource, 'defaults'> & {
  defaults: Omit<core.FieldConfig, 'custom'> & { custom: Custom };
};

type Of<Type extends string, Options, Custom> = Omit<
  core.Panel,
  'type' | 'options' | 'fieldConfig' | 'targets'
> & {
  type: Type;
  options: Partial<Options>;
  fieldConfig: FieldConfig<Custom>;
  targets: Array<ClickHouseQuery | PrometheusQuery>;
};

type BoardPanel =
  | Of<'bargauge', bargauge.Options, Record<string, never>>
  | Of<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | Of<'stat', stat.Options, Record<string, never>>
  | Of<'state-timeline', statetimeline.Options, statetimeline.FieldConfig>
  | Of<'table', table.Options, Partial<table.FieldConfig>>
  | Of<'timeseries', timeseries.Options, Partial<timeseries.FieldConfig>>;

type Annotation = Omit<core.AnnotationQuery, 'target'> & { target?: ClickHouseQuery };

type QueryVariable = Omit<core.VariableModel, 'query' | 'type' | 'current'> & {
  type: 'query';
  current: core.VariableOption | Record<string, never>;
  definition: string;
  query: { refId: string; queryType: 'sql'; rawSql: string };
};

export type Board = Plain<
  Omit<core.Dashboard, 'panels' | 'annotations' | 'templating'> & {
    uid: string;
    title: string;
    panels: Array<BoardPanel | core.RowPanel>;
    annotations: { list: Annotation[] };
    templating: { list: QueryVariable[] };
  }
>;
