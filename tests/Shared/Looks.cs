namespace Candeia.Tests;

/// <summary>
/// Looks at a page as people do, on a phone and at a desk, by day and by night: nothing stands out to the right, no text is cut off or lies on another,
/// and all can be read. How readable, is computed from the colours that the browser shows (https://www.w3.org/TR/WCAG22/#contrast-minimum).
/// </summary>
static class Looks
{
    static readonly (int Width, bool Dark)[] s_all = [(400, false), (400, true), (1200, false), (1200, true)];

    /// <summary>A page by its address, or a file; what is done before each look may bring it to where there is something to see.</summary>
    /// <param name="page">Where it is.</param>
    /// <param name="name">What its pictures are called.</param>
    /// <param name="before">What is done once the page is there; nothing, if nothing is said.</param>
    /// <param name="reload">Whether the page asks only when it is loaded whether it is night.</param>
    public static async Task AtAsync(Uri page, string name, Func<Browser, Task>? before = null, bool reload = false)
    {
        var faults = await AllFaultsAsync(page, name, before, reload);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What is wrong with a page in all looks, and what its scripts complained of.</summary>
    /// <inheritdoc cref="AtAsync"/>
    public static async Task<IReadOnlyList<string>> AllFaultsAsync(Uri page, string name, Func<Browser, Task>? before = null, bool reload = false)
    {
        await using var browser = await Browser.OpenAsync(page, s_all[0].Width, 900);
        if (before is not null) await before(browser);
        List<string> faults = [];
        foreach (var (width, dark) in s_all)
        {
            await browser.SizeAsync(width, 900, dark);
            if (reload)
            {
                await browser.RunAsync("window.isOld = true; location.reload()");
                await browser.UntilAsync("!window.isOld && document.readyState === 'complete'");
                if (before is not null) await before(browser);
            }
            faults.AddRange(await FaultsAsync(browser, name, width, dark));
        }
        return [.. faults, .. browser.Faults.Select(fault => $"{name}: {fault}")];
    }

    /// <summary>What is wrong with a page as it is now, and a picture of it.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Browser browser, string name, int width, bool dark)
    {
        string look = $"{name}-{width}-{(dark ? "dark" : "light")}";
        await browser.RunAsync("new Promise(done => setTimeout(done, 500))");          // what moves has come to rest
        if (Folder is not null) Keep(look, await browser.PictureAsync());
        return [.. (await browser.RunAsync(Script)).EnumerateArray().Select(fault => $"{look}: {fault.GetString()}")];
    }

    /// <summary>Keeps a picture in the folder that CANDEIA_SCREENSHOTS names, if it does, for people to look at.</summary>
    public static void Keep(string name, byte[] picture)
    {
        if (Folder is not null) File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Folder).FullName, $"{name}.png"), picture);
    }

    static string? Folder => Environment.GetEnvironmentVariable("CANDEIA_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    const string Script = """
        (() => {
          const faults = new Set(), page = document.documentElement, pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }), colours = new Map();
          const name = e => e.localName + (e.id ? "#" + e.id : "") + (typeof e.className === "string" && e.className ? "." + e.className.trim().replace(/ +/g, ".") : "");
          const words = t => "'" + t.trim().replace(/\s+/g, " ").slice(0, 50) + "'";

          // Red, green, blue from 0 to 255, and opacity.
          const colour = text => {
            if (!colours.has(text)) {
              pen.clearRect(0, 0, 1, 1);
              pen.fillStyle = text;
              pen.fillRect(0, 0, 1, 1);
              const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
              colours.set(text, [r, g, b, a / 255]);
            }
            return colours.get(text);
          };
          const over = (top, opacity, under) => under.map((u, i) => u + (top[i] - u) * top[3] * opacity);
          const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const contrast = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };

          // What lies under an element, from the page up; null where a picture does.
          const under = e => {
            const parents = [];
            for (let p = e; p; p = p.parentElement) parents.unshift(p);
            let ground = [255, 255, 255];
            for (const p of parents) {
              const style = getComputedStyle(p);
              if (style.backgroundImage !== "none") return null;
              ground = over(colour(style.backgroundColor), 1, ground);
            }
            return ground;
          };
          const opacity = e => { let all = 1; for (let p = e; p; p = p.parentElement) all *= getComputedStyle(p).opacity; return all; };

          // What lies under the middle of a text of a drawing: whatever is filled and was drawn before.
          const drawn = (text, ground) => {
            const box = text.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            for (const shape of text.ownerSVGElement.querySelectorAll("rect, circle, ellipse, path, polygon")) {
              if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || shape.closest("defs, clipPath, mask")) continue;
              const style = getComputedStyle(shape), its = shape.getBoundingClientRect();
              if (style.fill === "none" || style.fill.startsWith("url") || its.left > x || its.right < x || its.top > y || its.bottom < y) continue;
              const at = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse());
              if (shape.isPointInFill(at)) ground = over(colour(style.fill), style.fillOpacity * opacity(shape), ground);
            }
            const style = getComputedStyle(text);
            return style.paintOrder.startsWith("stroke") && style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2 ? colour(style.stroke).slice(0, 3) : ground;
          };

          const scrolls = e => { for (let p = e; p && p !== document.body; p = p.parentElement) if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return true; return false; };
          if (page.scrollWidth > page.clientWidth) {
            const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > page.clientWidth + 1 && !scrolls(e));
            faults.add(`${page.scrollWidth} pixels wide, by ${wide.slice(-2).map(name).join(" and ") || "something"}`);
          }

          const texts = new Map();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const e = node.parentElement;
            if (!node.data.trim() || e.closest("script, style, title, desc, option, noscript, :disabled") || !e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const box = range.getBoundingClientRect();
            if (box.width < 2 || box.height < 2) continue;                              // for those who listen
            const style = getComputedStyle(e), svg = e.ownerSVGElement;
            let ground = under(svg ?? e);
            if (!ground) continue;
            if (svg) ground = drawn(e.closest("text"), ground);
            const ink = over(colour(svg ? style.fill : style.color), opacity(e) * (svg ? style.fillOpacity : 1), ground);
            const size = parseFloat(style.fontSize) * (svg ? Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b) : 1), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
            const ratio = contrast(ink, ground);
            if (ratio < (large ? 3 : 4.5)) faults.add(`${words(node.data)} in ${name(e)} is hard to read: ${ratio.toFixed(2)}, rgb(${ink.map(Math.round)}) on rgb(${ground.map(Math.round)})`);
            if (svg && size < 8) faults.add(`${words(node.data)} in ${name(e)} is ${size.toFixed(1)} pixels high`);

            if (svg) {
              const sheet = svg.getBoundingClientRect();
              if (getComputedStyle(svg).overflow !== "visible" && (box.left < sheet.left - 1 || box.right > sheet.right + 1 || box.top < sheet.top - 2 || box.bottom > sheet.bottom + 2))
                faults.add(`${words(node.data)} is cut off by its drawing`);
              if (!texts.has(svg)) texts.set(svg, []);
              if (Math.abs(e.getScreenCTM().b) < 0.01) texts.get(svg).push([e.closest("text"), box, node.data]);      // the box of a turned text is larger than it
            } else {
              for (let p = e; p && p !== document.body; p = p.parentElement) {
                const its = getComputedStyle(p), room = p.getBoundingClientRect();
                if (["hidden", "clip"].includes(its.overflowX) && (box.right > room.right + 1 || box.left < room.left - 1)) faults.add(`${words(node.data)} is cut off by ${name(p)}`);
                if (["auto", "scroll"].includes(its.overflowX)) break;
              }
            }
          }

          // Words of a drawing that lie on each other; boxes of text are higher than its letters.
          for (const all of texts.values())
            for (let i = 0; i < all.length; i++)
              for (let j = 0; j < i; j++) {
                const [one, a, first] = all[i], [other, b, second] = all[j];
                const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top), wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                if (one !== other && wide > 2 && high > 0.45 * Math.min(a.height, b.height)) faults.add(`${words(first)} lies on ${words(second)}`);
              }
          return [...faults].slice(0, 40);
        })()
        """;
}
