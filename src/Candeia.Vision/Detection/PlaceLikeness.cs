using Candeia.Images;

namespace Candeia.Vision;

/// <summary>COCO's measure of how near places of bodies are: a bell over each, the wider the larger the thing is and the less sure people are where such a place lies.</summary>
internal sealed class PlaceLikeness : Likeness
{
    readonly double[] _found, _there, _boxes, _areas, _spreads;
    readonly int _places, _numbers;

    /// <param name="found">[n, places, 2 or 3].</param>
    /// <param name="truth">What is there: places with a third number above 0 where they are marked.</param>
    /// <param name="spreads">How unsure people are of each place.</param>
    public PlaceLikeness(Tensor found, Annotated truth, IReadOnlyList<double> spreads)
    {
        int things = truth.Boxes!.Count;
        if (truth.KeyPoints is not { Values: { Rank: 3 } places } || places.Shape[0] != things)
            throw new ArgumentException("Places are compared, and the picture has not some for each box.", nameof(truth));
        (_places, _numbers) = (places.Shape[1], places.Shape[2]);
        if (found.Shape[0] > 0 && found.Shape[1] != _places) throw new ShapeException($"There are {_places} places of each thing, and {found.Shape[1]} of each found one.");
        if (spreads.Count != _places) throw new ArgumentException($"There are {_places} places of each thing, and {spreads.Count} spreads; give one for each place.", nameof(spreads));
        _spreads = [.. spreads];
        _found = found.Narrow(2, 0, 2).ToArray<double>();
        (_there, _boxes) = (places.ToArray<double>(), truth.Boxes.To(BoxFormat.XYXY).Values.ToArray<double>());
        _areas = [.. Enumerable.Range(0, things).Select(i => truth.Mask is { Values: { Rank: 3 } masks } && masks.Shape[0] == things
            ? masks[i].ToArray<double>().Count(v => v != 0) : (_boxes[4 * i + 2] - _boxes[4 * i]) * (_boxes[4 * i + 3] - _boxes[4 * i + 1]))];
    }

    bool IsMarked(int there, int place) => _numbers == 2 || _there[(there * _places + place) * 3 + 2] > 0;

    /// <summary>A thing none of whose places are marked is of no interest.</summary>
    public override bool Counts(int there) => Enumerable.Range(0, _places).Any(p => IsMarked(there, p));

    public override double Of(int found, int there)
    {
        bool counts = Counts(there);
        double sum = 0;
        int some = 0;
        for (int p = 0; p < _places; p++)
        {
            if (counts && !IsMarked(there, p)) continue;
            double x = _found[(found * _places + p) * 2], y = _found[(found * _places + p) * 2 + 1];
            var (far, down) = counts ? (x - _there[(there * _places + p) * _numbers], y - _there[(there * _places + p) * _numbers + 1]) : Outside(there, x, y);
            sum += Math.Exp(-(far * far + down * down) / (8 * _spreads[p] * _spreads[p] * (_areas[there] + double.Epsilon)));
            some++;
        }
        return sum / some;
    }

    /// <summary>How far a place lies outside of a box of three times the sides.</summary>
    (double X, double Y) Outside(int there, double x, double y)
    {
        double left = _boxes[4 * there], top = _boxes[4 * there + 1], right = _boxes[4 * there + 2], bottom = _boxes[4 * there + 3], width = right - left, height = bottom - top;
        return (Math.Max(0, left - width - x) + Math.Max(0, x - right - width), Math.Max(0, top - height - y) + Math.Max(0, y - bottom - height));
    }

    /// <summary>That of the box around all places.</summary>
    public override double FoundArea(int found)
    {
        double[] x = [.. Enumerable.Range(0, _places).Select(p => _found[(found * _places + p) * 2])], y = [.. Enumerable.Range(0, _places).Select(p => _found[(found * _places + p) * 2 + 1])];
        return (x.Max() - x.Min()) * (y.Max() - y.Min());
    }

    public override double Area(int there) => _areas[there];
}
