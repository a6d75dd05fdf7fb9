namespace Candeia.Distributed;

/// <summary>Sums in memory that all ranks see: each adds up a part, out of what the others have laid there, and all read the parts where they are.</summary>
internal sealed class SharedSums : ITensorSums
{
    readonly SharedMemory _memory;
    readonly Tensor[] _rows, _mine, _parts;
    long _read;

    /// <param name="memory">With a part for each rank.</param>
    /// <param name="length">How many numbers, a multiple of the number of ranks.</param>
    /// <param name="dtype">Their type.</param>
    public SharedSums(SharedMemory memory, int length, DType dtype)
    {
        int part = length / memory.Size;
        Tensor Cut(Tensor row, int number) => row[(number * part)..((number + 1) * part)].Keep();
        _memory = memory;
        _rows = [.. Enumerable.Range(0, memory.Size).Select(rank => memory.Part(rank, length, dtype))];
        _mine = [.. _rows.Select(row => Cut(row, memory.Rank))];
        _parts = [.. _rows.Index().Select(row => Cut(row.Item, row.Index))];
    }

    public Tensor Own => _rows[_memory.Rank];

    public void Begin() => _memory.Await(_read);

    public void Sum()
    {
        _memory.Await(_memory.Arrive());
        AddUp(0, _memory.Size);
        _memory.Await(_memory.Arrive());
    }

    public void Finish() { }

    public Tensor Part(int number) => _parts[number];

    public void End() => _read = _memory.Arrive();

    /// <summary>Makes this rank's part the sum of some ranks, of which it is one: neighbours first, then pairs of pairs.</summary>
    void AddUp(int from, int to)
    {
        if (to - from == 1) return;
        int middle = (from + to) / 2;
        bool isBelow = _memory.Rank < middle;
        AddUp(isBelow ? from : middle, isBelow ? middle : to);
        new BlendOp(1, 1).Apply(_mine[_memory.Rank], isBelow ? Sum(middle, to) : Sum(from, middle));
    }

    /// <summary>The sum of some others.</summary>
    Tensor Sum(int from, int to) => to - from == 1 ? _mine[from] : Sum(from, (from + to) / 2) + Sum((from + to) / 2, to);
}
