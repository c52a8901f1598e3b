// Draws the charts of a page again so that they answer: a click on a value opens its records, arrow keys go
// through the values, and the picture fits the screen. Until then, and without JavaScript, the picture that
// the server drew stands there. Nothing moves by itself, so there is nothing to reduce.
(function () {
  "use strict";
  const NARROW = 480;
  const MORE_CONTRAST = matchMedia("(prefers-contrast: more)");
  const drawn = [];

  function colourOf(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--chart-" + name).trim();
  }

  class Drawing {
    constructor(plot) {
      this.plot = plot;
      this.json = plot.nextElementSibling.textContent;
      this.mapName = "plan-" + drawn.length;
      this.at = null;
      this.width = 0;
      this.canvas = document.createElement("div");
      this.canvas.className = "chart-canvas";
      plot.replaceChildren(this.canvas);
      this.chart = null;
      this.fit();
      this.makeReachable();
      new ResizeObserver(() => this.fit()).observe(plot);
    }

    // The option depends on the width: a phone gets another one, laid out for it.
    fit() {
      const width = this.plot.clientWidth;
      if (!width || width === this.width) return;
      this.width = width;
      this.draw();
    }

    draw() {
      const specs = JSON.parse(this.json);
      const spec = (this.spec = this.width <= NARROW ? specs.narrow : specs.wide);
      if (specs.wide.map) spec.map = specs.wide.map;
      const width = Math.max(this.width, spec.least || 0);
      this.canvas.style.width = width + "px";
      this.canvas.style.height = spec.height + "px";
      this.leave();
      if (this.chart) {
        this.chart.resize();
      } else {
        this.chart = echarts.init(this.canvas, null, { renderer: "canvas" });
        this.chart.on("click", (point) => this.open(point.data, point.event && point.event.event));
      }
      const option = chartSpec.prepared(echarts, spec, colourOf, width, this.mapName);
      const family = getComputedStyle(this.plot).fontFamily;
      option.textStyle = Object.assign({}, option.textStyle, { fontFamily: family });
      option.tooltip = {
        trigger: "item",
        renderMode: "richText", // our pages forbid the styles of an HTML one
        confine: true,
        transitionDuration: 0,
        backgroundColor: colourOf("ground"),
        borderColor: colourOf("strong"),
        textStyle: { color: colourOf("ink") },
        formatter: (point) => this.tip(point),
      };
      option.series.forEach((series) => {
        if (!series.data.some((value) => value.url)) series.cursor = "default";
      });
      this.arrange(option.series, spec.parts || 1);
      this.chart.setOption(option, true);
    }

    // The chart's own rows of values, each a list of where it is drawn: of a calendar in several parts.
    // Series beyond them only name the ranges of a legend.
    arrange(series, parts) {
      this.rows = [];
      this.places = new Map();
      for (let row = 0; row < this.spec.rows; row++) {
        const values = [];
        for (let part = row * parts; part < (row + 1) * parts && part < series.length; part++) {
          series[part].data.forEach((data, dataIndex) => {
            this.places.set(part + "/" + dataIndex, [row, values.length]);
            values.push({ seriesIndex: part, dataIndex, data, row: series[part].name, index: values.length });
          });
        }
        if (values.length) this.rows.push(values);
      }
    }

    told(value) {
      const several = this.rows.length > 1 ? value.row + "，" : "";
      return several + this.spec.names[value.index] + "：" + value.data.text + this.spec.measure;
    }

    tip(point) {
      const place = this.places.get(point.seriesIndex + "/" + point.dataIndex);
      return place && point.componentType === "series" ? this.told(this.rows[place[0]][place[1]]) : "";
    }

    open(value, event) {
      if (!value || !value.url) return;
      if (event && (event.ctrlKey || event.metaKey)) window.open(value.url, "_blank", "noopener");
      else location.assign(value.url);
    }

    makeReachable() {
      this.status = document.createElement("span");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      this.plot.append(this.status);
      this.plot.setAttribute("role", "application");
      this.plot.setAttribute("aria-roledescription", "图表，方向键逐项查看，回车打开");
      this.plot.tabIndex = 0;
      this.plot.addEventListener("keydown", (event) => this.key(event));
      this.plot.addEventListener("blur", () => this.leave());
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
      if (event.key === "Enter" && this.at) this.open(this.rows[this.at[0]][this.at[1]].data);
      else if (event.key === "Escape") this.leave();
      else if (event.key === "Home") this.go(this.at ? this.at[0] : 0, 0);
      else if (event.key === "End") this.go(this.at ? this.at[0] : 0, Infinity);
      else if (event.key in steps) this.step(steps[event.key]);
      else return;
      event.preventDefault();
    }

    step([down, right]) {
      if (!this.at) this.go(0, 0);
      else if (down && this.rows.length === 1) this.go(0, this.at[1] + down); // one row: all arrows go along it
      else this.go(this.at[0] + down, this.at[1] + right);
    }

    go(series, index) {
      const row = Math.min(Math.max(series, 0), this.rows.length - 1);
      const place = Math.min(Math.max(index, 0), this.rows[row].length - 1);
      this.leave();
      this.at = [row, place];
      const value = this.rows[row][place];
      const point = { seriesIndex: value.seriesIndex, dataIndex: value.dataIndex };
      this.chart.dispatchAction({ type: "highlight", ...point });
      this.chart.dispatchAction({ type: "showTip", ...point });
      this.status.textContent = this.told(value);
    }

    leave() {
      if (!this.at) return;
      const { seriesIndex, dataIndex } = this.rows[this.at[0]][this.at[1]];
      this.chart.dispatchAction({ type: "downplay", seriesIndex, dataIndex });
      this.chart.dispatchAction({ type: "hideTip" });
      this.at = null;
    }
  }

  function drawAgain() {
    drawn.forEach((drawing) => drawing.draw());
  }

  // A chart is drawn again when it comes near the screen: a long page does not wait for all of them.
  const watcher = new IntersectionObserver(
    (entries) => {
      entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
        watcher.unobserve(entry.target);
        drawn.push(new Drawing(entry.target));
      });
    },
    { rootMargin: "200px" },
  );

  function find(within) {
    within.querySelectorAll("[data-chart]").forEach((plot) => watcher.observe(plot));
  }

  find(document);
  document.addEventListener("htmx:load", (event) => find(event.target));
  MORE_CONTRAST.addEventListener("change", drawAgain);
  new MutationObserver(drawAgain).observe(document.documentElement, { attributeFilter: ["data-contrast"] });
})();
