namespace Candeia;

/// <summary>
/// Neighbouring elements of several tensors of one shape, as many of each: what an elementwise computation is given at a time. Operand 0 is the output.
/// </summary>
internal readonly unsafe ref struct Block(byte** operands, int count, int numbers = 0)
{
    /// <summary>How many elements of each.</summary>
    public int Count => count;

    /// <summary>Where the elements of an operand begin.</summary>
    public byte* At(int operand) => operands[operand];

    /// <summary>The elements of the input, of a size, become those of the output as they are.</summary>
    public void Move(int size) => Neighbours.Copy(operands[1], operands[0], (nint)count * size);

    /// <summary>The elements to write.</summary>
    public Span<T> Output<T>() where T : unmanaged => new(operands[0], count);

    /// <summary>Whether an input is one number for all elements, which happens to bodies that take such alone.</summary>
    public bool IsNumber(int operand) => (numbers >> operand & 1) != 0;

    /// <summary>The elements of an input, counted from 1.</summary>
    public ReadOnlySpan<T> Input<T>(int operand) where T : unmanaged => new(operands[operand], count);
}
