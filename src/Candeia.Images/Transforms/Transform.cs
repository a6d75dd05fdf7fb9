namespace Candeia.Images;

/// <summary>
/// What is done to a picture before a network sees it: a value that can be kept, compared, printed, and composed with <see cref="Then"/>. It takes
/// tensors of floating-point numbers from 0 to 1 or of bytes, [channels, height, width] with any number of dimensions in front, and images. Boxes,
/// masks and key points of an <see cref="Annotated"/> picture move with it.
/// </summary>
/// <remarks>
/// Random ones draw from the generator that they are given and from nothing else. <c>data.Map((item, generator) =&gt; …)</c> gives one that depends on
/// seed, epoch and index alone, so that any number of workers makes the same pictures.
/// </remarks>
/// <example><code>
/// var augment = new RandomResizedCrop(32).Then(new RandomHorizontalFlip()).Then(new ToDtype(DType.Float32)).Then(Normalize.ImageNet);
/// var x = augment.Apply(Tensor.Zeros([3, 60, 80], DType.UInt8), new Generator(1));
/// Console.WriteLine($"{x.Shape} {x.DType}");                           // → [3, 32, 32] Float32
/// </code></example>
public abstract record Transform
{
    /// <summary>The picture and all that belongs to it, changed.</summary>
    /// <param name="scene">Is left as it is.</param>
    /// <param name="generator">What random changes are drawn from.</param>
    protected internal abstract Annotated Change(Annotated scene, Generator generator);

    /// <summary>A picture with boxes, masks and key points, changed together.</summary>
    /// <param name="scene">Is left as it is.</param>
    /// <param name="generator">What random changes are drawn from; the global generator, if none is given.</param>
    public Annotated Apply(Annotated scene, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return Change(scene, generator ?? Generator.Default);
    }

    /// <summary>A picture [channels, height, width], or several of one size [n, channels, height, width], which are changed alike.</summary>
    /// <param name="image">Floating-point numbers from 0 to 1, or bytes.</param>
    /// <param name="generator">What random changes are drawn from; the global generator, if none is given.</param>
    /// <exception cref="ShapeException">It has fewer than three dimensions.</exception>
    public Tensor Apply(Tensor image, Generator? generator = null) => Apply(new Annotated(image), generator).Image;

    /// <summary>An image, with 8 bits a sample.</summary>
    /// <param name="image">Is left as it is.</param>
    /// <param name="generator">What random changes are drawn from; the global generator, if none is given.</param>
    public Image Apply(Image image, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Image.FromTensor(Apply(image.ToTensor(DType.UInt8), generator));
    }

    /// <summary>First this, then that.</summary>
    /// <param name="next">What comes after.</param>
    public Transform Then(Transform next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new Composed([.. Steps, .. next.Steps]);
    }

    internal virtual IReadOnlyList<Transform> Steps => [this];

    /// <summary>
    /// The part of a picture that counts, and what is done to it then, where this is all that <see cref="Change"/> looks at: who reads a file need not decode the rest.
    /// Null, and nothing drawn, where all of it counts.
    /// </summary>
    internal virtual (Window Window, Transform Then)? Begin(int height, int width, Generator generator) => null;

    /// <summary>This and the next one at once, on a picture of a size, where the next would cut away most of what this makes; null where nothing is gained.</summary>
    internal virtual Geometry? Joined(Transform next, int height, int width) => null;
}
