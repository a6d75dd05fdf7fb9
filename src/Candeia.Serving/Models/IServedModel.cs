namespace Candeia.Serving;

/// <summary>
/// A model together with what it takes and gives, ready to be asked by programs, and by people too if it has a <see cref="Question"/>. What a
/// <see cref="Predictor"/> computes with it, it computes on one thread.
/// </summary>
public interface IServedModel
{
    /// <summary>What it takes, in the order of <see cref="Run"/>.</summary>
    IReadOnlyList<ModelValue> Inputs { get; }

    /// <summary>What it gives.</summary>
    IReadOnlyList<ModelValue> Outputs { get; }

    /// <summary>Whether items that were asked for apart may be computed together: the first size of every input and output is free.</summary>
    bool Batches => Inputs.Concat(Outputs).All(v => v.Shape is [-1, ..]);

    /// <summary>What kind of model it is, for programs that look.</summary>
    string Platform => "candeia";

    /// <summary>How people ask it; null if only programs do, with tensors.</summary>
    Question? Question => null;

    /// <summary>The outputs for inputs, [n, …] each, computed for evaluation and without a graph.</summary>
    /// <param name="inputs">Tensors that fit <see cref="Inputs"/>.</param>
    /// <exception cref="ArgumentException">Inputs of these sizes cannot be computed with; the message is for who sent them.</exception>
    IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs);
}
