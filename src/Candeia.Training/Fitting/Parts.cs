using System.Collections;
using System.Diagnostics.CodeAnalysis;
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

    /// <summary>The same with other tensors in the places of its own, in the order of <see cref="Of"/>.</summary>
    /// <exception cref="NotSupportedException">Nobody knows how to make such a thing of other tensors.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The constructor of a tuple that was made is there.")]
    public static object Map(object value, Func<Tensor, Tensor> change) => value switch
    {
        Tensor tensor => change(tensor),
        IBatch batch => batch.Map(change),
        ITuple tuple => Activator.CreateInstance(tuple.GetType(), [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i] is { } part ? Map(part, change) : null)])!,
        Tensor[] tensors => Array.ConvertAll(tensors, tensor => change(tensor)),
        List<Tensor> tensors => tensors.ConvertAll(tensor => change(tensor)),
        Dictionary<string, Tensor> dictionary => dictionary.ToDictionary(e => e.Key, e => change(e.Value)),
        _ => throw new NotSupportedException(
            $"The model gives a {value.GetType()}, whose parts several processes cannot put together: let it give a tensor, a tuple, an array, a list or a dictionary of tensors, or an IBatch."),
    };
}
