using System.Runtime.CompilerServices;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>
    /// A part of this tensor: <c>x[0]</c>, <c>x[^1]</c>, <c>x[.., 1..3]</c>, <c>x[TensorIndex.Ellipsis, 0]</c>, <c>x[x &gt; 0]</c>, <c>x[positions]</c>.
    /// Positions and ranges give a view; tensors and masks give a copy. Ranges are cut to what is there. Setting writes in place, broadcast. Negative positions
    /// count from the end. A tensor of truth values is a mask, and so is one of uint8, as in PyTorch; one of other whole numbers has positions.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A position does not exist, or there are more parts than dimensions.</exception>
    /// <exception cref="ArgumentException">A tensor of fractions is no index.</exception>
    [IndexerName("Part")]                                                  // "Item" is the number that a tensor holds
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get
        {
            var view = Views(indices, out var tensors);
            return tensors.Count == 0 ? view : new PickOp([.. tensors.Select(t => t.Dim)]).Apply(view, [.. tensors.Select(t => t.Index)]);
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var view = Views(indices, out var tensors);
            if (tensors.Count > 0)
            {
                var op = new IndexPutOp([.. tensors.Select(t => t.Dim)]);
                Tensor[] positions = [.. tensors.Select(t => t.Index)];
                if (view.Device == Device.Cpu && !(Autograd.Enabled && (view.RequiresGrad || value.RequiresGrad)))
                {
                    op.Into(view, value, positions);
                    return;
                }
                value = op.Apply(view, value, positions);
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
            else if (index.IsMask)
            {
                if (view.Shape.Slice(dim, tensor.Rank) != tensor.Shape) throw new ShapeException($"A mask {tensor.Shape} does not fit dimensions {dim} … of {view.Shape}.");
                var found = tensor.NonZero();
                if (tensor.Rank == 0)                                        // all or nothing, along a new dimension
                {
                    view = view.Unsqueeze(dim);
                    tensors.Add((dim++, Zeros([found.Shape[0]], DType.Int64, Device)));
                }
                for (int d = 0; d < tensor.Rank; d++) tensors.Add((dim++, found.Select(1, d)));
            }
            else tensors.Add((dim++, tensor));
        }
        return view;
    }
}
