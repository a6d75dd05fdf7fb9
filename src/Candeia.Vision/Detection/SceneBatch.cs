using Candeia.Data;
using Candeia.Images;

namespace Candeia.Vision;

/// <summary>Pictures of any sizes, side by side, with what is marked in each: what networks for boxes are trained on.</summary>
/// <param name="Scenes">The pictures.</param>
/// <example><code>
/// var scenes = new DrawnShapes(8).Map(shape => new Annotated(shape.Picture.ToTensor()));
/// foreach (var batch in scenes.Loader(4, SceneBatch.Collate)) Console.WriteLine(batch.Size);
/// // → 4
/// // → 4
/// </code></example>
public sealed record SceneBatch(IReadOnlyList<Annotated> Scenes) : IBatch
{
    /// <inheritdoc/>
    public int Size => Scenes.Count;

    /// <summary>Puts pictures side by side.</summary>
    /// <param name="scenes">The pictures.</param>
    public static SceneBatch Collate(IReadOnlyList<Annotated> scenes) => new([.. scenes]);

    /// <inheritdoc/>
    public IBatch Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new SceneBatch([.. Scenes.Select(s => new Annotated(
            change(s.Image), s.Boxes is { } boxes ? boxes with { Values = change(boxes.Values) } : null, s.Mask is { } mask ? new(change(mask.Values)) : null,
            s.KeyPoints is { } points ? new(change(points.Values)) : null, s.Labels is { } labels ? change(labels) : null))]);
    }

    /// <inheritdoc/>
    public IBatch Part(int from, int count) => new SceneBatch([.. Scenes.Skip(from).Take(count)]);
}
