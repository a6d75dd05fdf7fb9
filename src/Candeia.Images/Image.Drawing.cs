using System.Numerics;

namespace Candeia.Images;

public sealed partial class Image
{
    const float TextSize = 1;
    const int AroundText = 2;

    /// <summary>The picture, in colours of 8 bits, with boxes drawn on it.</summary>
    /// <param name="boxes">What is drawn; parts outside of the picture are not.</param>
    /// <param name="labels">A text for each box, in its upper left corner; cut where it does not fit the picture.</param>
    /// <param name="colours">One for each box, or one for all; if none are given, boxes with the same label have the same one.</param>
    /// <param name="width">How many pixels wide lines are.</param>
    /// <param name="fill">How much of a box its colour covers: 0 nothing, 1 all.</param>
    /// <exception cref="ArgumentException">There are not as many labels or colours as boxes.</exception>
    /// <example><code>
    /// var picture = new Image(60, 40, PixelFormat.Rgb).DrawBoundingBoxes(new Boxes([[5f, 5, 30, 20]]), ["cat"]);
    /// Console.WriteLine(picture.Row(5)[3 * 29]);                           // → 128
    /// </code></example>
    public Image DrawBoundingBoxes(Boxes boxes, IReadOnlyList<string>? labels = null, IReadOnlyList<Rgb>? colours = null, int width = 1, double fill = 0)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if (labels is not null && labels.Count != boxes.Count) throw new ArgumentException($"{labels.Count} labels do not go with {boxes.Count} boxes.", nameof(labels));
        var inks = Inks(boxes.Count, colours, labels);
        var drawn = To8Bit().ToRgb();
        double[] corners = boxes.To(BoxFormat.XYXY).Values.ToArray<double>();
        for (int i = 0; i < boxes.Count; i++)
        {
            int At(int place) => (int)Math.Clamp(Math.Round(corners[4 * i + place]), -width, Math.Max(Width, Height) + width);
            int left = At(0), top = At(1), right = Math.Max(left + 1, At(2)), bottom = Math.Max(top + 1, At(3));
            var pen = new Pen(drawn, inks[i]);
            if (fill > 0) pen.Shade(left, top, right, bottom, (float)Math.Min(1, fill));
            pen.Shade(left, top, right, Math.Min(bottom, top + width));
            pen.Shade(left, Math.Max(top, bottom - width), right, bottom);
            pen.Shade(left, top, Math.Min(right, left + width), bottom);
            pen.Shade(Math.Max(left, right - width), top, right, bottom);
            if (labels?[i] is { Length: > 0 } label) Write(drawn, label, Math.Max(0, left), Math.Max(0, top), inks[i]);
        }
        return drawn;
    }

    /// <summary>The picture, in colours of 8 bits, with the colours of masks laid over it.</summary>
    /// <param name="mask">Numbers [height, width], of which 0 is left as it is; or a mask [n, height, width] of each thing, the last on top.</param>
    /// <param name="alpha">How much the colours cover: 0 nothing, 1 all.</param>
    /// <param name="colours">One for each number from 1 on, or for each thing; those of <see cref="Rgb.Of"/>, if none are given.</param>
    /// <exception cref="ShapeException">The mask has another size than the picture.</exception>
    /// <exception cref="ArgumentException">There is no colour for a number.</exception>
    /// <example><code>
    /// var picture = new Image(2, 1, PixelFormat.Rgb).DrawSegmentationMasks(new Mask(Tensor.From([0L, 1], [1, 2])), alpha: 0.5);
    /// Console.WriteLine(string.Join(' ', picture.Pixels.ToArray()));       // → 0 0 0 64 0 0
    /// </code></example>
    public Image DrawSegmentationMasks(Mask mask, double alpha = 0.8, IReadOnlyList<Rgb>? colours = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Values.Rank is not (2 or 3) || mask.Values.Shape[^2] != Height || mask.Values.Shape[^1] != Width)
            throw new ShapeException($"Masks of a picture of {Height}×{Width} are [{Height}, {Width}] or [n, {Height}, {Width}], not {mask.Values.Shape}.");
        long[] numbers = mask.Values.To(DType.Int64).ToArray<long>();
        int plane = Width * Height;
        var drawn = To8Bit().ToRgb();
        for (int pixel = 0; pixel < plane; pixel++)
        {
            long number = mask.Values.Rank == 2 ? numbers[pixel] : 0;
            for (int i = numbers.Length / plane - 1; i >= 0 && number == 0; i--)
                if (mask.Values.Rank == 3 && numbers[i * plane + pixel] != 0) number = i + 1;
            if (number == 0) continue;
            var ink = colours is null ? Rgb.Of((int)(number & 255)) : number > 0 && number <= colours.Count ? colours[(int)number - 1]
                : throw new ArgumentException($"There are {colours.Count} colours, and none for the number {number}.", nameof(colours));
            var old = drawn.Pixels.Slice(3 * pixel, 3);
            (old[0], old[1], old[2]) = (Over(old[0], ink.Red), Over(old[1], ink.Green), Over(old[2], ink.Blue));
        }
        return drawn;

        byte Over(byte below, byte above) => (byte)(below * (1 - alpha) + above * alpha);
    }

    /// <summary>The picture, in colours of 8 bits, with places marked by dots, and perhaps joined by lines.</summary>
    /// <param name="points">What is marked; where a third number says 0, a place is not known and left out.</param>
    /// <param name="connectivity">Pairs of numbers of places that a line joins, in each thing.</param>
    /// <param name="colour">The colour of all; that of its number for each thing, if none is given.</param>
    /// <param name="radius">That of the dots, in pixels.</param>
    /// <param name="width">How many pixels wide lines are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A line joins a place that there is not.</exception>
    /// <example><code>
    /// var points = new KeyPoints([[10.5f, 10.5f], [30, 20]]);
    /// var picture = new Image(40, 30, PixelFormat.Rgb).DrawKeyPoints(points, [(0, 1)], new Rgb(0, 255, 0));
    /// Console.WriteLine(picture.Row(10)[3 * 10 + 1]);                      // → 255
    /// </code></example>
    public Image DrawKeyPoints(KeyPoints points, IReadOnlyList<(int From, int To)>? connectivity = null, Rgb? colour = null, double radius = 2, int width = 3)
    {
        ArgumentNullException.ThrowIfNull(points);
        int step = points.Values.Shape[^1], each = points.Values.Shape[^2], things = points.Values.Rank == 3 ? points.Values.Shape[0] : 1;
        float[] values = points.Values.ToArray<float>();
        var drawn = To8Bit().ToRgb();
        foreach (var (from, to) in connectivity ?? [])
            if ((uint)from >= (uint)each || (uint)to >= (uint)each) throw new ArgumentOutOfRangeException(nameof(connectivity), $"A line joins the places {from} and {to}, where there are {each}.");
        for (int thing = 0; thing < things; thing++)
        {
            var pen = new Pen(drawn, colour ?? Rgb.Of(1 + thing % 255));
            Vector2 Place(int i) => new(values[(thing * each + i) * step], values[(thing * each + i) * step + 1]);
            bool IsKnown(int i) => (step < 3 || values[(thing * each + i) * step + 2] > 0) && float.IsFinite(Place(i).X + Place(i).Y);
            foreach (var (from, to) in connectivity ?? [])
                if (IsKnown(from) && IsKnown(to)) pen.Line(Place(from), Place(to), width);
            for (int i = 0; i < each; i++)
                if (IsKnown(i)) pen.Line(Place(i), Place(i), 2 * (float)radius);
        }
        return drawn;
    }

    static void Write(Image image, string label, int left, int top, Rgb ink)
    {
        string text = Pen.Fit(label, TextSize, image.Width - left - 2 * AroundText);
        if (text.Length == 0) return;
        int bottom = top + Pen.CapHeight + Pen.Descent + 2 * AroundText;
        new Pen(image, ink).Shade(left, top, left + (int)Pen.Measure(text, TextSize) + 2 * AroundText + 1, bottom);
        // What can be read on the colour.
        byte shade = 0.299 * ink.Red + 0.587 * ink.Green + 0.114 * ink.Blue > 140 ? (byte)0 : (byte)255;
        new Pen(image, shade).Write(text, left + AroundText, bottom - Pen.Descent - AroundText, TextSize);
    }

    static IReadOnlyList<Rgb> Inks(int count, IReadOnlyList<Rgb>? colours, IReadOnlyList<string>? labels)
    {
        if (colours is not null)
            return colours.Count == count ? colours : colours.Count == 1 ? [.. Enumerable.Repeat(colours[0], count)] : throw new ArgumentException($"{colours.Count} colours do not go with {count} boxes.", nameof(colours));
        List<string>? kinds = labels?.Distinct().ToList();
        return [.. Enumerable.Range(0, count).Select(i => Rgb.Of(1 + (kinds is null ? i : kinds.IndexOf(labels![i])) % 255))];
    }
}
