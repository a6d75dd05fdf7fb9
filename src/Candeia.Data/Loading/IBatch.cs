namespace Candeia.Data;

/// <summary>
/// Items side by side, however many inputs and targets they have: what a loader gives, and a step takes. A type of one's own says how many items
/// there are and what it is with other tensors in the places of its own; texts and numbers in it stay as they are.
/// </summary>
/// <example><code>
/// sealed record Pairs(Tensor Left, Tensor Right, Tensor Same) : IBatch
/// {
///     public int Size => Left.Shape[0];
///     public IBatch Map(Func&lt;Tensor, Tensor> change) => new Pairs(change(Left), change(Right), change(Same));
/// }
/// </code></example>
public interface IBatch
{
    /// <summary>The number of items.</summary>
    int Size { get; }

    /// <summary>The names of the items, where they have any.</summary>
    IReadOnlyList<string> Ids => [];

    /// <summary>The same batch with every tensor in it changed, each once and always in the same order.</summary>
    IBatch Map(Func<Tensor, Tensor> change);

    /// <summary>
    /// Some of the items, one after the other: what one of several processes computes of a batch. By default the rows of every tensor; a batch with
    /// more than tensors in it says itself what a part of it is.
    /// </summary>
    /// <param name="from">The first item, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ShapeException">The first dimension of a tensor does not count the items, so that nobody knows what belongs to which.</exception>
    IBatch Part(int from, int count) => this.Rows(from, count);
}
