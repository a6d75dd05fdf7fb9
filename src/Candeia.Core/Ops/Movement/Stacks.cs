namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Tensors side by side: vectors one after the other, all others along their second dimension.</summary>
    /// <param name="tensors">At least one tensor, equal in all sizes but the second; vectors may differ in length.</param>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.HStack([a, [3]]);               // [1, 2, 3]</code></example>
    public static Tensor HStack(ReadOnlySpan<Tensor> tensors)
    {
        var parts = Each(tensors, t => t.AtLeast1d());
        return Cat(parts, parts[0].Rank == 1 ? 0 : 1);
    }

    /// <summary>Tensors on top of each other, along their first dimension; vectors are rows.</summary>
    /// <param name="tensors">At least one tensor, equal in all sizes but the first.</param>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.VStack([a, [3, 4]]);            // [[1, 2], [3, 4]]</code></example>
    public static Tensor VStack(ReadOnlySpan<Tensor> tensors) => Cat(Each(tensors, t => t.AtLeast2d()));

    /// <summary>Tensors behind each other, along their third dimension; matrices get one.</summary>
    /// <param name="tensors">At least one tensor, all with as many rows and columns.</param>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.DStack([a, [3, 4]]);            // [[[1, 3], [2, 4]]]</code></example>
    public static Tensor DStack(ReadOnlySpan<Tensor> tensors) => Cat(Each(tensors, t => t.AtLeast3d()), 2);

    /// <summary>Vectors as the columns of a matrix; what has more dimensions side by side.</summary>
    /// <param name="tensors">At least one tensor, all with as many rows.</param>
    /// <exception cref="ShapeException">They differ in another dimension.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.ColumnStack([a, [3, 4]]);       // [[1, 3], [2, 4]]</code></example>
    public static Tensor ColumnStack(ReadOnlySpan<Tensor> tensors) => Cat(Each(tensors, t => t.Rank < 2 ? t.Reshape((int)t.Numel, 1) : t), 1);

    /// <summary>Tensors stretched to the shape to which all of them broadcast, as views.</summary>
    /// <param name="tensors">Tensors whose shapes stretch to each other.</param>
    /// <exception cref="ShapeException">They do not broadcast.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.BroadcastTensors([a, [[3], [4]]]);  // [[1, 2], [1, 2]] and [[3, 3], [4, 4]]</code></example>
    public static Tensor[] BroadcastTensors(ReadOnlySpan<Tensor> tensors)
    {
        Shape shape = [];
        foreach (var t in tensors) shape = Shape.Broadcast(shape, t.Shape);
        return tensors.Length == 0 ? [] : Each(tensors, t => t.Expand(shape));
    }

    /// <summary>Matrices along the diagonal of a large one, with zeros elsewhere; vectors are rows.</summary>
    /// <param name="tensors">Matrices, vectors or numbers, in the order in which they stand.</param>
    /// <exception cref="ShapeException">One has more than two dimensions.</exception>
    /// <example><code>Tensor a = [1, 2]; var y = Tensor.BlockDiag([a, [[3], [4]]]);     // [[1, 2, 0], [0, 0, 3], [0, 0, 4]]</code></example>
    public static Tensor BlockDiag(ReadOnlySpan<Tensor> tensors)
    {
        var blocks = Each(tensors, t => t.Rank <= 2 ? t.AtLeast2d() : throw new ShapeException($"Blocks are matrices, not {t.Shape}."));
        int before = 0, all = checked(blocks.Sum(b => b.Shape[1]));
        return Cat(Array.ConvertAll(blocks, b =>
        {
            int columns = b.Shape[1], left = before;
            before += columns;
            return b.Pad([left, all - left - columns]);
        }));
    }

    static Tensor[] Each(ReadOnlySpan<Tensor> tensors, Converter<Tensor, Tensor> form) => tensors.Length > 0 ? Array.ConvertAll(tensors.ToArray(), form)
        : throw new ArgumentException("Tensors are put together from at least one.", nameof(tensors));
}
