// Makes the option that ECharts draws from the JSON of a chart. Runs in the browser and, for paper and for
// the picture without JavaScript, in V8 on the server: so it asks for neither a page nor a clock.
// In the JSON, "@name" is a colour by its name, and the formatter "@text" prints the number as it was sent.
(function (root) {
  "use strict";
  const COLOURS = new Set(["color", "areaColor", "borderColor", "backgroundColor"]);

  // What is written on the picture; on a plan, the place's name as well.
  function text(point) {
    return point.data.says || point.data.text;
  }

  const SHARE = /^([\d.]+)%\+([\d.]+)$/; // of the width, and so many pixels more

  function resolve(node, colourOf, width) {
    for (const key of Object.keys(node)) {
      const value = node[key];
      if (key === "formatter" && value === "@text") {
        node[key] = text;
      } else if (typeof value === "string") {
        if (COLOURS.has(key) && value[0] === "@") node[key] = colourOf(value.slice(1));
        const share = key === "left" || key === "right" ? SHARE.exec(value) : null;
        if (share) node[key] = (width * share[1]) / 100 + Number(share[2]);
      } else if (value !== null && typeof value === "object") {
        resolve(value, colourOf, width);
      }
    }
    return node;
  }

  root.chartSpec = {
    // The option for a picture of this width; `spec` is used up. `colourOf` gives the colour of a name. A page
    // with several plans names the map of each.
    prepared: function (echarts, spec, colourOf, width, mapName = "plan") {
      if (spec.map) {
        echarts.registerMap(mapName, spec.map.places);
        spec.option.series[0].map = mapName;
      }
      return resolve(spec.option, colourOf, width);
    },
  };
})(globalThis);
