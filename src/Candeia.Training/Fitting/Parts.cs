using System.Collections;
using System.Runtime.CompilerServices;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What batches and outputs consist of.</summary>
internal static class Parts
{
    /// <summary>A batch as what a step works with: itself, or the tuple, list or dictionary in it.</summary>
    /// <exception cref="InvalidOperationException">It is neither.</exception>
    public static T As<T>(this IBatch batch) => batch is T own ? own : batch is Batch<T> { Value: var value } ? value : throw new InvalidOperationException(
        $"The step works with {typeof(T)}, and the data gives {batch.GetType()}. Let the data set's items, or the loader's collate function, be what the step wants.");

    /// <summary>The tensors in something, however nested.</summary>
    public static IEnumerable<Tensor> Of(object? value) => value switch
    {
        Tensor tensor => [tensor],
        IBatch batch => batch.Tensors(),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Of(tuple[i])),
        IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Of),
        string => [],
        IEnumerable items => items.Cast<object?>().SelectMany(Of),
        _ => [],
    };
}
