namespace Candeia;

/// <summary>A piece of work that can be split: item <c>i</c> may run on any thread.</summary>
internal interface IWork
{
    void Run(int item);
}

/// <summary>Work over the numbers from 0 to some length, which may be done in pieces on any thread.</summary>
internal interface IRangeWork
{
    void Run(nint from, nint to);
}
