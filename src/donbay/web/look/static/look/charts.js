// Draws charts by ECharts, which is loaded where the first one comes near the screen.
// Colours of an option are names ($ink); light or dark says which they are.
(() => {
  if (window.donbayCharts) return;
  window.donbayCharts = true;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  let loading;

  const loaded = (address) => {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  };

  const painted = (option, palette) =>
    JSON.parse(JSON.stringify(option).replace(/"\$([a-z_]+[0-9]?)"/g, (_, name) => `"${palette[name]}"`));

  const height = (heights, width) => {
    const enough = Object.keys(heights).map(Number).filter((room) => room >= width);
    return heights[enough.length ? Math.min(...enough) : Math.max(...Object.keys(heights).map(Number))];
  };

  // Anew for another width: what was laid out for a narrow screen does not go away by itself.
  const draw = (place, light) => {
    const given = JSON.parse(place.dataset.chart);
    const width = place.clientWidth;
    if (!width) return;
    drawn.get(place)?.chart.dispose();
    place.style.height = `${height(given.heights, width)}px`;
    const chart = window.echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(painted(given.option, given.palettes[light ?? (dark.matches ? "dark" : "light")]));
    drawn.set(place, { chart, width });
  };

  const again = (light) => drawn.forEach((_, place) => draw(place, light));

  const begin = async (place) => {
    try {
      await loaded(place.dataset.draws);
      await document.fonts.load('12px "Donbay Sans"', place.getAttribute("aria-label"));
    } catch { return; } // the table stands
    place.hidden = false;
    const table = place.closest("figure").querySelector("details");
    if (table) table.open = false;
    draw(place);
    new ResizeObserver(() => {
      if (drawn.get(place).width !== place.clientWidth) draw(place);
    }).observe(place);
  };

  const near = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach((one) => {
    near.unobserve(one.target);
    begin(one.target.querySelector("[data-chart]"));
  }), { rootMargin: "400px" });

  const start = () => document.querySelectorAll("figure.chart:has([data-chart])").forEach((one) => near.observe(one));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  dark.addEventListener("change", () => again());
  window.addEventListener("beforeprint", () => again("light"));
  window.addEventListener("afterprint", () => again());
})();
