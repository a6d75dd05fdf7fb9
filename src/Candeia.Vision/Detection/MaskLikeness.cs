namespace Candeia.Vision;

/// <summary>The pixels that both masks have over those that any has.</summary>
internal sealed class MaskLikeness : Likeness
{
    readonly bool[][] _found, _there;

    /// <param name="found">How sure each pixel is, 0 to 1, [n, h, w]: from 0.5 on it belongs to the thing.</param>
    /// <param name="there">Not 0 where a thing is, [m, h, w].</param>
    public MaskLikeness(Tensor found, Tensor there)
    {
        if (found.Shape[0] > 0 && there.Shape[0] > 0 && (found.Shape[1], found.Shape[2]) != (there.Shape[1], there.Shape[2]))
            throw new ShapeException($"Masks of one picture have one size; those that were found are {found.Shape}, those that are there {there.Shape}.");
        (_found, _there) = (Masks(found, 0.5f), Masks(there, float.Epsilon));
    }

    static bool[][] Masks(Tensor all, float least) => [.. Enumerable.Range(0, all.Shape[0]).Select(i => Array.ConvertAll(all[i].ToArray<float>(), v => v >= least))];

    public override double Of(int found, int there)
    {
        bool[] a = _found[found], b = _there[there];
        int common = 0, any = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] && b[i]) common++;
            if (a[i] || b[i]) any++;
        }
        return any > 0 ? (double)common / any : 0;
    }

    public override double FoundArea(int found) => _found[found].Count(v => v);

    public override double Area(int there) => _there[there].Count(v => v);
}
