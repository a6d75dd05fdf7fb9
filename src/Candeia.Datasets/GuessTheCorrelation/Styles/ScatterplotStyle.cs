using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>
/// How a scatterplot looks that another program has drawn: its size, colours, markers, lines and words. The generator draws the same points in any style, so that what reads scatterplots
/// can learn from more than one look, or be tried on looks that it has not learnt from.
/// </summary>
/// <param name="Width">How many pixels wide it is, at least 40.</param>
/// <param name="Height">How many pixels high it is, at least 40; a title comes below.</param>
/// <example><code>
/// var style = new ScatterplotStyle(640, 480) { Colours = [0x1F77B4], Radius = 4, Frame = 0x000000 };
/// var picture = style.Draw([1, 2, 3], [2, 1, 3]);
/// Console.WriteLine((picture.Width, picture.Height));      // → (640, 480)
/// </code></example>
public sealed record ScatterplotStyle(int Width, int Height)
{
    /// <summary>The colour around the plot, as 0xRRGGBB.</summary>
    public int Outside { get; init; } = 0xFFFFFF;

    /// <summary>The colour of the plot.</summary>
    public int Ground { get; init; } = 0xFFFFFF;

    /// <summary>The colours of points, in turn.</summary>
    public IReadOnlyList<int> Colours { get; init; } = [0x000000];

    /// <summary>What stands for a point.</summary>
    public ScatterplotMarker Marker { get; init; }

    /// <summary>Half the size of a marker, in pixels.</summary>
    public double Radius { get; init; } = 3;

    /// <summary>The colour of lines behind the points; none unless it is said.</summary>
    public int? Grid { get; init; }

    /// <summary>Whether these lines are dashed.</summary>
    public bool IsDashed { get; init; }

    /// <summary>The colour of the frame and its ticks; none unless it is said.</summary>
    public int? Frame { get; init; }

    /// <summary>Whether of the frame there are only the axes, at the left and below.</summary>
    public bool HasAxesOnly { get; init; }

    /// <summary>What is written below.</summary>
    public string? Title { get; init; }

    /// <summary>Eight looks that other programs are known for, from 100×100 to 1000×1000 pixels: light, grey and dark, with and without lines, frame and title.</summary>
    public static IReadOnlyList<ScatterplotStyle> Known { get; } =
    [
        new(640, 480) { Colours = [0x1F77B4], Radius = 4, Frame = 0x000000, Title = "A scatterplot of x and y" },
        new(500, 500) { Ground = 0xEBEBEB, Radius = 3.5, Grid = 0xFFFFFF },
        new(800, 600) { Outside = 0x111111, Ground = 0x111111, Colours = [0xF5D020], Radius = 5, Grid = 0x333333, Frame = 0x888888 },
        new(100, 100) { Colours = [0x222222], Radius = 2, Marker = ScatterplotMarker.Square },
        new(1000, 1000) { Colours = [0x0044CC], Radius = 9, Marker = ScatterplotMarker.Plus, Grid = 0xCCCCCC, Frame = 0x444444 },
        new(300, 400) { Colours = [0xCC2222], Radius = 5, Marker = ScatterplotMarker.Ring, Grid = 0xBBBBBB, IsDashed = true },
        new(450, 300) { Outside = 0xFDF6E3, Ground = 0xFDF6E3, Colours = [0x2AA14A], Radius = 5, Marker = ScatterplotMarker.Triangle, Frame = 0x333333, HasAxesOnly = true, Title = "height and weight" },
        new(700, 700) { Ground = 0xF4F4FA, Colours = [0x7B2D8E, 0xE07A1F], Radius = 6, Marker = ScatterplotMarker.Diamond, Grid = 0xFFFFFF, Frame = 0x9999AA, Title = "Two kinds" },
    ];

    /// <summary>A look that is drawn by lot: any size from 100 to 1000 pixels, a light or dark ground, one or two strong colours, any marker, with or without lines, frame, axes and title.</summary>
    /// <param name="random">What decides; the same generator gives the same look.</param>
    /// <example><code>
    /// var style = ScatterplotStyle.Any(new Generator(1));
    /// Console.WriteLine(style.Width is >= 100 and &lt;= 1000);      // → True
    /// </code></example>
    public static ScatterplotStyle Any(Generator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int width = 100 + random.NextInt(901), height = Math.Clamp((int)(width * (0.7 + 0.6 * random.NextDouble())), 100, 1000);
        bool isDark = random.NextInt(4) == 0;
        int ground = Gray(random, isDark ? 0 : 225, isDark ? 40 : 255), lines = isDark ? Gray(random, 60, 110) : Gray(random, 190, 215);
        double radius = Math.Max(2, Math.Min(width, height) * (0.008 + 0.006 * random.NextDouble()));
        return new(width, height)
        {
            Ground = ground,
            Outside = random.NextInt(2) == 0 ? ground : isDark ? 0x000000 : 0xFFFFFF,
            Colours = [.. Enumerable.Range(0, 1 + random.NextInt(2)).Select(_ => Strong(random, isDark))],
            Radius = radius,
            Marker = (ScatterplotMarker)random.NextInt(6),
            Grid = random.NextInt(2) == 0 ? lines : null,
            IsDashed = random.NextInt(3) == 0,
            Frame = random.NextInt(2) == 0 ? isDark ? 0x999999 : 0x333333 : null,
            HasAxesOnly = random.NextInt(3) == 0,
            Title = random.NextInt(3) == 0 && width >= 200 ? "x and y" : null,
        };
    }

    /// <summary>A picture of points; each axis reaches from the smallest to the largest of its numbers.</summary>
    /// <param name="x">The points' places from left to right.</param>
    /// <param name="y">Their places from below to above, as many.</param>
    /// <returns>In colours, with the title below the plot.</returns>
    /// <exception cref="ArgumentException">There are no points, another number of each, or numbers that are not finite; or the style has no colours, or no room for points.</exception>
    public Image Draw(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (Width < 40 || Height < 40 || Radius is not (> 0 and <= 100)) throw new ArgumentException($"A scatterplot of {Width}×{Height} pixels with markers of {Radius} has no room for points; take at least 40×40, and a radius from 1 to 100.");
        if (Colours.Count == 0) throw new ArgumentException("The style has no colour for points; give it one.");
        var (across, up) = Scatter.Scaled(x, y);
        var image = new StyledPlot(this).Draw(across, up);
        return Title is null ? image : Image.Grid([image], columns: 1, captions: [Title]);
    }

    static int Gray(Generator random, int from, int to) => (from + random.NextInt(to - from + 1)) * 0x010101;

    /// <summary>A colour that stands out from the ground: one of its channels is far from it.</summary>
    static int Strong(Generator random, bool isDark)
    {
        int[] channels = [random.NextInt(140), random.NextInt(140), random.NextInt(140)];
        channels[random.NextInt(3)] /= 4;
        return isDark ? 0xFFFFFF - (channels[0] << 16 | channels[1] << 8 | channels[2]) : channels[0] << 16 | channels[1] << 8 | channels[2];
    }
}
