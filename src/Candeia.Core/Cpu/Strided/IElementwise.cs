namespace Candeia;

/// <summary>What is done to runs of neighbouring elements: <c>p[0]</c> is the output, the others are inputs.</summary>
internal unsafe interface IElementwise
{
    void Run(byte** p, int count);
}
