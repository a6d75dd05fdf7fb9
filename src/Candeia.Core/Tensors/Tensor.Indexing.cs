using System.Runtime.CompilerServices;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>
    /// A part of this tensor: <c>x[0]</c>, <c>x[^1]</c>, <c>x[.., 1..3]</c>, <c>x[TensorIndex.Ellipsis, 0]</c>, <c>x[x &gt; 0]</c>, <c>x[positions]</c>.
    /// Positions and ranges give a view; tensors and masks give a copy. Ranges are cut to what is there. Setting writes in place, broadcast.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist, or there are more parts than dimensions.</exception>
    [IndexerName("Part")]                                                  // "Item" is the number that a tensor holds
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get
        {
            var view = Views(indices, out var tensors);
            return tensors.Count == 0 ? view : Picked(view, tensors);
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var view = Views(indices, out var tensors);
            if (tensors.Count > 0)
            {
                var positions = Picked(Arange(0, view.Numel).Reshape(view.Shape), tensors);
                var values = value.To(DType).Expand(positions.Shape).Reshape(-1);
                value = view.Reshape(-1).Scatter(0, positions.Reshape(-1), values).Reshape(view.Shape);
            }
            if (Shape.Broadcast(value.Shape, view.Shape) != view.Shape) throw new ShapeException($"Values {value.Shape} do not fit into the part {view.Shape} that they are written to.");
            view.Assign(value);
        }
    }

    /// <summary>Applies all parts that make views; the tensors among them are returned with the dimension that they speak of.</summary>
    Tensor Views(ReadOnlySpan<TensorIndex> indices, out List<(int Dim, Tensor Index)> tensors)
    {
        tensors = [];
        int consumed = 0, ellipses = 0;
        foreach (var index in indices)
        {
            consumed += index.Consumes;
            if (index.IsEllipsis) ellipses++;
        }
        if (consumed > Rank || ellipses > 1)
            throw new ArgumentOutOfRangeException(nameof(indices), ellipses > 1 ? "An index can have only one ellipsis." : $"An index with {consumed} parts is too long for {Shape}.");
        var view = this;
        int dim = 0;
        foreach (var index in indices)
        {
            if (index.IsEllipsis) dim += Rank - consumed;
            else if (index.Tensor is not { } tensor) view = index.View(view, ref dim);
            else if (tensor.DType == DType.Bool)
            {
                if (view.Shape.Slice(dim, tensor.Rank) != tensor.Shape) throw new ShapeException($"A mask {tensor.Shape} does not fit dimensions {dim} … of {view.Shape}.");
                var found = tensor.NonZero();
                for (int d = 0; d < tensor.Rank; d++) tensors.Add((dim++, found.Select(1, d)));
            }
            else tensors.Add((dim++, tensor));
        }
        return view;
    }

    /// <summary>Picks elements by tensors of positions, which broadcast; their dimensions take the place of the first one's.</summary>
    static Tensor Picked(Tensor x, List<(int Dim, Tensor Index)> tensors)
    {
        var shape = tensors.Aggregate((Shape)[], (s, t) => Shape.Broadcast(s, t.Index.Shape));
        int[] picked = [.. tensors.Select(t => t.Dim)], others = [.. Enumerable.Range(0, x.Rank).Except(picked)];
        bool adjacent = picked[^1] - picked[0] == picked.Length - 1;
        int at = adjacent ? picked[0] : 0;
        x = x.Permute([.. others[..at], .. picked, .. others[at..]]);
        Tensor? position = null;
        foreach (var (dim, index) in tensors)
        {
            int size = x.Shape[at + Array.IndexOf(picked, dim)];
            var i = index.To(DType.Int64);
            IndexSelectOp.Check(i.Contiguous().Span<long>(), size);
            i = (i < 0).Where(i + size, i);
            position = position is null ? i : position * size + i;
        }
        int merged = checked((int)x.Shape.Slice(at, picked.Length).Numel);
        var flat = x.Reshape([.. x.Shape.Sizes[..at], merged, .. x.Shape.Sizes[(at + picked.Length)..]]);
        var result = flat.IndexSelect(at, position!.Expand(shape).Reshape(-1));
        return result.Reshape([.. result.Shape.Sizes[..at], .. shape.Sizes, .. result.Shape.Sizes[(at + 1)..]]);
    }
}
