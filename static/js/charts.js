// Draws the charts of a page again so that they answer: a click on a value opens its records, arrow keys go
// through the values, and the picture fits the screen. Until then, and without JavaScript, the picture that
// the server drew stands there. Nothing moves by itself, so there is nothing to reduce.
(function () {
  "use strict";
  const MORE_CONTRAST = matchMedia("(prefers-contrast: more)");
  const drawn = [];

  function colourOf(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--chart-" + name).trim();
  }

  class Drawing {
    constructor(plot) {
      this.plot = plot;
      this.json = plot.nextElementSibling.textContent;
      this.spec = JSON.parse(this.json);
      this.at = null;
      this.canvas = document.createElement("div");
      this.canvas.className = "chart-canvas";
      this.canvas.style.height = this.spec.height + "px";
      plot.replaceChildren(this.canvas);
      this.chart = echarts.init(this.canvas, null, { renderer: "canvas" });
      this.draw();
      this.chart.on("click", (point) => this.open(point.data, point.event && point.event.event));
      this.makeReachable();
      new ResizeObserver(() => this.chart.resize()).observe(this.canvas);
    }

    draw() {
      const spec = JSON.parse(this.json);
      const option = chartSpec.prepared(echarts, spec, colourOf);
      const base = option.baseOption || option;
      const family = getComputedStyle(this.plot).fontFamily;
      base.textStyle = Object.assign({}, base.textStyle, { fontFamily: family });
      base.tooltip = {
        trigger: "item",
        renderMode: "richText", // our pages forbid the styles of an HTML one
        confine: true,
        transitionDuration: 0,
        backgroundColor: colourOf("ground"),
        borderColor: colourOf("strong"),
        textStyle: { color: colourOf("ink") },
        formatter: (point) => (point.data && "text" in point.data ? this.told(point) : ""),
      };
      this.series = base.series.map((series) => series.data);
      base.series.forEach((series) => {
        if (!series.data.some((value) => value.url)) series.cursor = "default";
      });
      this.names = base.series.map((series) => series.name);
      this.chart.setOption(option, true);
    }

    told(point) {
      const several = this.names.length > 1 ? this.names[point.seriesIndex] + "，" : "";
      const name = this.spec.names[point.dataIndex];
      return several + name + "：" + point.data.text + this.spec.measure;
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
      if (event.key === "Enter" && this.at) this.open(this.series[this.at[0]][this.at[1]]);
      else if (event.key === "Escape") this.leave();
      else if (event.key === "Home") this.go(this.at ? this.at[0] : 0, 0);
      else if (event.key === "End") this.go(this.at ? this.at[0] : 0, Infinity);
      else if (event.key in steps) this.step(steps[event.key]);
      else return;
      event.preventDefault();
    }

    step([down, right]) {
      if (!this.at) this.go(0, 0);
      else if (down && this.series.length === 1) this.go(0, this.at[1] + down); // one row: all arrows go along it
      else this.go(this.at[0] + down, this.at[1] + right);
    }

    go(series, index) {
      const row = Math.min(Math.max(series, 0), this.series.length - 1);
      const place = Math.min(Math.max(index, 0), this.series[row].length - 1);
      this.leave();
      this.at = [row, place];
      const point = { seriesIndex: row, dataIndex: place };
      this.chart.dispatchAction({ type: "highlight", ...point });
      this.chart.dispatchAction({ type: "showTip", ...point });
      this.status.textContent = this.told({ ...point, data: this.series[row][place] });
    }

    leave() {
      if (!this.at) return;
      this.chart.dispatchAction({ type: "downplay", seriesIndex: this.at[0], dataIndex: this.at[1] });
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
  new MutationObserver(drawAgain).observe(document.documentElement, {
    attributeFilter: ["data-text", "data-contrast"],
  });
})();
