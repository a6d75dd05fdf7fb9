using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>One matrix in memory; strides count numbers. A vector is a column, a number a matrix of one.</summary>
internal readonly unsafe struct Matrix(void* at, int rows, int columns, nint row, nint column)
{
    public readonly int Rows = rows, Columns = columns;
    public readonly nint Row = row, Column = column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public T* At<T>() where T : unmanaged => (T*)at;

    /// <summary>Copies the elements to rows that begin <paramref name="width"/> numbers apart.</summary>
    public void CopyTo<T>(T* to, nint width) where T : unmanaged
    {
        T* from = (T*)at;
        if (Row == 1 && Column != 1 && Rows > 1)
        {
            if (typeof(T) == typeof(float)) Transpose.Run((float*)to, (float*)from, width, Column, Rows, Columns);
            else Transpose.Run(to, from, width, Column, Rows, Columns);
            return;
        }
        for (int i = 0; i < Rows; i++, from += Row, to += width)
            if (Column == 1) new ReadOnlySpan<T>(from, Columns).CopyTo(new Span<T>(to, Columns));
            else for (int j = 0; j < Columns; j++) to[j] = from[j * Column];
    }

    /// <summary>Copies the elements to columns: the transposed matrix, whose rows begin <paramref name="width"/> numbers apart.</summary>
    public void TransposeTo<T>(T* to, nint width) where T : unmanaged => new Matrix(at, Columns, Rows, Column, Row).CopyTo(to, width);
}

/// <summary>What is done with the matrices of one item of a batch: those of the inputs and of the results, in the order in which they were given.</summary>
internal interface IFieldKernel
{
    void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, System.Numerics.INumberBase<T>;
}

/// <summary>The same for real numbers.</summary>
internal interface IRealKernel
{
    void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;
}

/// <summary>The same for complex numbers.</summary>
internal interface IComplexKernel
{
    void Run(ReadOnlySpan<Matrix> m);
}
