namespace Candeia.Kernels;

/// <summary>
/// A register of sums of products of small whole numbers, 32 bits each. Four bytes belong to each sum: four numbers of eight bits where the machine
/// multiplies these, two of sixteen where it does not. The sums are exact, so all registers give the same.
/// </summary>
internal unsafe interface IWhole<W> where W : unmanaged, IWhole<W>
{
    static abstract int Lanes { get; }      // sums in a register
    static abstract int Registers { get; }  // how many the machine has
    static abstract int Element { get; }    // bytes of a number, as the kernel reads it

    static abstract W Load(byte* p);        // weights: four bytes of each sum
    static abstract W Spread(byte* p);      // four bytes, for all sums
    static abstract W MultiplyAdd(W sum, W x, W weight);
    void Store(int* p);
}

/// <summary>A kernel with its arguments, before the register is chosen.</summary>
internal interface IWholeCall
{
    void Run<W>() where W : unmanaged, IWhole<W>;
}
