using Candeia.Data;
using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>Batches to look at.</summary>
static class Pictures
{
    /// <summary>The images of a batch in rows of eight, each with its correlation below.</summary>
    public static Image Of(Batch batch) =>
        Image.Grid(batch.X, columns: 8, captions: [.. batch.Y.ToArray<float>().Select(TwoDigits.Of)]);
}
