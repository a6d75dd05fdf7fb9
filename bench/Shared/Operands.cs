namespace Candeia.Compare;

/// <summary>What ops are measured on: the same numbers on both sides, made when an op asks for them.</summary>
/// <param name="shape">Of most of them.</param>
/// <param name="columns">Whether matrices lie column by column in memory: transposed views.</param>
abstract class Operands<T>(int[] shape, bool columns) : IDisposable
    where T : class
{
    readonly Dictionary<string, T> _made = [];

    public int[] Shape => shape;

    /// <summary>Numbers between −1 and 1, in the shape.</summary>
    public T A => Of("A", () => Matrix(1, v => v));

    /// <inheritdoc cref="A"/>
    public T B => Of("B", () => Matrix(2, v => v));

    /// <inheritdoc cref="A"/>
    public T C => Of("C", () => Matrix(3, v => v));

    /// <summary>Between 0.1 and 1.1.</summary>
    public T Positive => Of("P", () => Matrix(4, v => v / 2 + 0.6f));

    /// <summary>One number for each column; one for each row, [rows, 1].</summary>
    public T Row => Of("Row", () => Make(Numbers(shape[^1], 5), [shape[^1]]));

    /// <inheritdoc cref="Row"/>
    public T Column => Of("Column", () => Make(Numbers(shape[0], 6), [shape[0], 1]));

    /// <summary>As many numbers as A has, in one row; and sorted.</summary>
    public T Flat => Of("Flat", () => Make(Numbers(Count, 7), [Count]));

    /// <inheritdoc cref="Flat"/>
    public T Sorted => Of("Sorted", () => Make([.. Numbers(Count, 8).Order()], [Count]));

    /// <summary>True in half of the places.</summary>
    public T Mask => Of("Mask", () => Placed(Make([.. Numbers(Count, 9).Select(v => v > 0)], Stored)));

    /// <summary>A column for each element; a row for each row; numbers below 1000.</summary>
    public T ColumnIndex => Of("ColumnIndex", () => Placed(Make(Whole(Count, 10, shape[^1]), Stored)));

    /// <inheritdoc cref="ColumnIndex"/>
    public T RowIndex => Of("RowIndex", () => Make(Whole(shape[0], 11, shape[0]), [shape[0]]));

    /// <inheritdoc cref="ColumnIndex"/>
    public T Thousand => Of("Thousand", () => Make(Whole(Count, 12, 1000), [Count]));

    /// <summary>Symmetric matrices whose eigenvalues are positive.</summary>
    public T Definite => Of("Definite", () => Make(Symmetric(), shape));

    int Count => shape.Aggregate(1, (a, b) => a * b);

    int[] Stored => columns ? [.. shape.Reverse()] : shape;

    public void Dispose()
    {
        foreach (var made in _made.Values) (made as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract T Make(float[] values, int[] shape);

    protected abstract T Make(long[] values, int[] shape);

    protected abstract T Make(bool[] values, int[] shape);

    protected abstract T Transposed(T matrix);

    /// <summary>Takes it out of the scope in which an op has asked for it.</summary>
    protected abstract T Kept(T made);

    T Of(string name, Func<T> make) => _made.TryGetValue(name, out var made) ? made : _made[name] = Kept(make());

    T Matrix(uint seed, Func<float, float> change) => Placed(Make([.. Numbers(Count, seed).Select(change)], Stored));

    T Placed(T stored) => columns ? Transposed(stored) : stored;

    // Values of a hash, which depend on nothing.
    static float[] Numbers(int count, uint seed)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (Hash((uint)i, seed) >> 8) * (2f / (1 << 24)) - 1;
        return values;
    }

    static long[] Whole(int count, uint seed, int below)
    {
        var values = new long[count];
        for (int i = 0; i < count; i++) values[i] = Hash((uint)i, seed) % (uint)below;
        return values;
    }

    static uint Hash(uint i, uint seed)
    {
        uint h = i * 0x9E3779B1u + seed * 0x85EBCA77u;
        h = (h ^ h >> 15) * 0x2C1B3C6Du;
        h = (h ^ h >> 12) * 0x297A2D39u;
        return h ^ h >> 15;
    }

    float[] Symmetric()
    {
        int n = shape[^1];
        float[] values = Numbers(Count, 13);
        for (int at = 0; at < Count; at += n * n)
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < i; j++) values[at + j * n + i] = values[at + i * n + j];
                values[at + i * n + i] += 2 * n;          // more than the rest of the row together
            }
        return values;
    }
}
