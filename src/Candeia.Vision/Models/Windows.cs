using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Attention within parts of a picture, as transformers have it whose cost shall not grow with the square of its size.</summary>
internal static class Windows
{
    /// <summary>[n, h, w, c] in windows of so many rows and columns, which divide it: [n, windows, places, c].</summary>
    public static Tensor Split(Tensor x, int rows, int columns)
    {
        int n = x.Shape[0], height = x.Shape[1], width = x.Shape[2], channels = x.Shape[3];
        return x.Reshape(n, height / rows, rows, width / columns, columns, channels).Permute(0, 1, 3, 2, 4, 5).Reshape(n, -1, rows * columns, channels);
    }

    /// <summary>The inverse of <see cref="Split"/>.</summary>
    public static Tensor Join(Tensor windows, int rows, int columns, int height, int width)
    {
        int n = windows.Shape[0], channels = windows.Shape[3];
        return windows.Reshape(n, height / rows, width / columns, rows, columns, channels).Permute(0, 1, 3, 2, 4, 5).Reshape(n, height, width, channels);
    }

    /// <summary>Queries, keys and values [n, windows, heads, places, c / heads] out of [n, windows, places, 3 · c].</summary>
    public static (Tensor Query, Tensor Key, Tensor Value) Heads(Tensor qkv, int heads)
    {
        var apart = qkv.Reshape(qkv.Shape[0], qkv.Shape[1], qkv.Shape[2], 3, heads, -1).Permute(3, 0, 1, 4, 2, 5);
        return (apart.Select(0, 0), apart.Select(0, 1), apart.Select(0, 2));
    }

    /// <summary>The heads beside each other again: [n, windows, places, c].</summary>
    public static Tensor Merge(Tensor heads) => heads.Transpose(2, 3).Flatten(3);

    /// <summary>Where in a table of all distances stands that of each pair of places of a square window: int64 [size² · size²].</summary>
    public static Tensor Distances(int size)
    {
        int places = size * size;
        long[] index = new long[places * places];
        for (int i = 0; i < index.Length; i++)
        {
            int from = i / places, to = i % places;
            index[i] = (from / size - to / size + size - 1) * (2 * size - 1) + from % size - to % size + size - 1;
        }
        return Tensor.From(index, [index.Length]);
    }

    /// <summary>What is added to the scores of each head, [heads, places, places], out of a table of distances [(2 · size − 1)², heads].</summary>
    public static Tensor Bias(Tensor table, Tensor distances, int places) => table.IndexSelect(0, distances.Flatten()).Reshape(places, places, -1).Permute(2, 0, 1);

    /// <summary>A table of distances, as it is drawn at first.</summary>
    public static Tensor Table(int size, int heads) => Init.TruncatedNormal(Parameter.Of(Tensor.Empty([(2 * size - 1) * (2 * size - 1), heads])), std: 0.02);
}
