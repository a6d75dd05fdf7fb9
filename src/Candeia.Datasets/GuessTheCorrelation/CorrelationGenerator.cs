namespace Candeia.Datasets;

/// <summary>The items that a seed stands for. Item i depends on (seed, i) alone, on whatever machine and however many are made.</summary>
internal sealed class CorrelationGenerator
{
    readonly Generator _scatters;
    readonly ItemIds _ids;

    public CorrelationGenerator(ulong seed)
    {
        var random = new Generator(seed);
        _scatters = random.Split(0);
        _ids = new ItemIds(random.Split(1));
    }

    public string Id(int index) => _ids[index];

    public Scatter Scatter(int index) => Datasets.Scatter.Draw(_scatters.Split(index));

    /// <summary>The bytes of an item's image file.</summary>
    public static byte[] Draw(Scatter scatter) => ScatterplotPng.Encode(Scatterplot.Draw(scatter.X, scatter.Y));
}
