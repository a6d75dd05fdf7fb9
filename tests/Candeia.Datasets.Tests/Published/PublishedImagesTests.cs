using System.Buffers.Binary;
using Candeia.Data;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

/// <summary>Each data set from its archives, which lie where they would be downloaded to: no test asks a network.</summary>
public sealed class PublishedImagesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    void Put(string archive, params (string Name, byte[] Bytes)[] files) => Layouts.Write(_folder[["data", .. archive.Split('/')]], files);

    static byte[] P(int number) => Layouts.Picture(number);

    static byte[] T(string text) => Layouts.Text(text);

    /// <summary>What a part consists of: the number that each picture is painted with, and its class.</summary>
    void Holds(string name, string split, params (int Picture, string? Class)[] expected)
    {
        var data = new PublishedImages(name, _folder["data"], split);
        Assert.Equal(expected.Select(e => e.Class), data.Labels.Select(l => l < 0 ? null : data.Classes[l]));
        Assert.Equal(expected.Select(e => e.Picture), data.Select(d => (int)d.Picture.Pixels[0]));
        Assert.Equal(data.Labels, data.Select(d => d.Label));
        Assert.All(data, d => Assert.Equal(8, d.Picture.BitsPerSample));
        Assert.Equal((name, split), (data.Name, data.Part));
        Assert.Contains(split, PublishedImages.SplitsOf(name));
    }

    [Fact]
    public void Bird_species()
    {
        Put("bird-species/bird-species.zip", ("train/OWL/1.jpg", P(1)), ("train/TIT/1.jpg", P(2)), ("valid/OWL/1.jpg", P(3)), ("test/TIT/1.jpg", P(4)));
        Holds("bird_species", "train", (1, "OWL"), (2, "TIT"));
        Holds("bird_species", "valid", (3, "OWL"));
    }

    [Fact]
    public void Caltech101_has_an_archive_in_its_archive_and_a_class_that_is_none()
    {
        Put("caltech101/caltech-101.zip", ("caltech-101/101_ObjectCategories.tar.gz", Layouts.Archive("x.tar.gz",
            ("101_ObjectCategories/BACKGROUND_Google/image_0001.jpg", P(9)), ("101_ObjectCategories/ant/image_0001.jpg", P(1)), ("101_ObjectCategories/yin_yang/image_0001.jpg", P(2)))),
            ("caltech-101/Annotations.tar", Layouts.Archive("x.tar", ("Annotations/ant/annotation_0001.mat", [1]))));
        Holds("caltech101", "all", (1, "ant"), (2, "yin_yang"));
        Assert.False(File.Exists(_folder["data", "caltech101", "caltech-101", "101_ObjectCategories.tar.gz"]));
    }

    [Fact]
    public void Caltech_256()
    {
        Put("caltech256/256_ObjectCategories.tar", ("256_ObjectCategories/001.ak47/001_0001.jpg", P(1)), ("256_ObjectCategories/002.american-flag/002_0001.jpg", P(2)), ("256_ObjectCategories/002.american-flag/RENAME2", T("x")));
        Holds("caltech256", "all", (1, "ak47"), (2, "american-flag"));
    }

    [Fact]
    public void Countries()
    {
        Put("country211/country211.tgz", ("country211/train/AD/1.jpg", P(1)), ("country211/train/ZW/1.jpg", P(2)), ("country211/valid/AD/1.jpg", P(3)), ("country211/test/ZW/1.jpg", P(4)));
        Holds("country211", "train", (1, "AD"), (2, "ZW"));
        Holds("country211", "valid", (3, "AD"));
    }

    [Fact]
    public void Textures_are_divided_in_ten_ways()
    {
        Put("dtd/dtd-r1.0.1.tar.gz", ("dtd/labels/train1.txt", T("banded/banded_0002.jpg\nzigzagged/zigzagged_0001.jpg\n")), ("dtd/labels/test10.txt", T("banded/banded_0003.jpg\n")),
            ("dtd/images/banded/banded_0002.jpg", P(1)), ("dtd/images/zigzagged/zigzagged_0001.jpg", P(2)), ("dtd/images/banded/banded_0003.jpg", P(3)));
        Holds("dtd", "train", (1, "banded"), (2, "zigzagged"));
        Holds("dtd", "test10", (3, "banded"));
        Assert.Equal(30, PublishedImages.SplitsOf("dtd").Count);
    }

    [Fact]
    public void Traffic_signs()
    {
        Put("gtsrb/GTSRB-Training_fixed.zip", ("GTSRB/Training/00000/00000_00000.ppm", P(1)), ("GTSRB/Training/00042/00000_00000.ppm", P(2)), ("GTSRB/Training/00042/GT-00042.csv", T("Filename;Width\n")));
        Put("gtsrb/GTSRB_Final_Test_Images.zip", ("GTSRB/Final_Test/Images/00000.ppm", P(3)));
        Put("gtsrb/GTSRB_Final_Test_GT.zip", ("GT-final_test.csv", T("Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n00000.ppm;53;54;6;5;48;49;16\r\n")));
        Holds("gtsrb", "train", (1, "sign 0"), (2, "sign 42"));
        Holds("gtsrb", "test", (3, "sign 16"));
        File.WriteAllText(_folder["data", "gtsrb", "GT-final_test.csv"], "head\n");
        Assert.Contains("GT-final_test.csv", Assert.Throws<DatasetException>(() => new PublishedImages("gtsrb", _folder["data"], "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImageNet_is_asked_for_and_named_by_the_list_beside_it()
    {
        Assert.Contains("image-net.org", Assert.Throws<DatasetException>(() => new PublishedImages("imagenet", _folder["data"])).Message, StringComparison.Ordinal);
        Put("imagenet/train/n01440764/n01440764_10026.JPEG", ("", P(1)));
        Put("imagenet/train/n01443537/n01443537_10007.JPEG", ("", P(2)));
        Holds("imagenet", "train", (1, "n01440764"), (2, "n01443537"));
        Put("imagenet/LOC_synset_mapping.txt", ("", T("n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\n")));
        Holds("imagenet", "train", (1, "tench, Tinca tinca"), (2, "goldfish, Carassius auratus"));
    }

    [Fact]
    public void Letters_of_Omniglot_stand_in_alphabets()
    {
        Put("omniglot/images_background.zip", ("images_background/Greek/character01/0394_01.png", P(1)), ("images_background/Greek/character02/0395_01.png", P(2)), ("images_background/Latin/character01/0684_01.png", P(3)));
        Put("omniglot/images_evaluation.zip", ("images_evaluation/Tibetan/character01/1_01.png", P(4)));
        Holds("omniglot", "background", (1, "Greek/character01"), (2, "Greek/character02"), (3, "Latin/character01"));
        Holds("omniglot", "evaluation", (4, "Tibetan/character01"));
    }

    [Fact]
    public void Sentences_as_pictures()
    {
        Put("rendered-sst2/rendered-sst2.tgz", ("rendered-sst2/train/negative/1.png", P(1)), ("rendered-sst2/train/positive/2.png", P(2)), ("rendered-sst2/valid/positive/3.png", P(3)), ("rendered-sst2/valid/negative/4.png", P(4)));
        Holds("rendered_sst2", "train", (1, "negative"), (2, "positive"));
        Holds("rendered_sst2", "valid", (4, "negative"), (3, "positive"));
    }

    [Fact]
    public void Scenes_of_SUN397()
    {
        Put("sun397/SUN397.tar.gz", ("SUN397/ClassName.txt", T("/a/abbey\n/b/balcony/exterior\n")), ("SUN397/a/abbey/sun_aaa.jpg", P(1)), ("SUN397/b/balcony/exterior/sun_bbb.jpg", P(2)));
        Holds("sun397", "all", (1, "abbey"), (2, "balcony/exterior"));
    }

    [Fact]
    public void Dogs_vs_cats_tells_nothing_of_its_test()
    {
        Put("dogs-vs-cats/dogs-vs-cats.zip", ("train.zip", Layouts.Archive("x.zip", ("train/cat.0.jpg", P(1)), ("train/dog.0.jpg", P(2)))), ("test1.zip", Layouts.Archive("x.zip", ("test1/1.jpg", P(3)))), ("sampleSubmission.csv", T("id,label\n")));
        Holds("dogs_vs_cats", "train", (1, "cat"), (2, "dog"));
        Holds("dogs_vs_cats", "test", (3, null));
    }

    [Fact]
    public void Satellite_pictures_of_EuroSAT()
    {
        Put("eurosat/EuroSAT.zip", ("2750/Forest/Forest_1.jpg", P(1)), ("2750/River/River_1.jpg", P(2)));
        Holds("eurosat", "all", (1, "Forest"), (2, "River"));
    }

    [Fact]
    public void Faces_of_FER_2013()
    {
        string Face(int value) => string.Join(' ', Enumerable.Repeat(value, 48 * 48));
        Put("fer2013/train.csv.zip", ("train.csv", T($"emotion,pixels\r\n3,{Face(10)}\r\n6,{Face(255)}\r\n")));
        Put("fer2013/test.csv.zip", ("test.csv", T($"pixels\r\n{Face(7)}\r\n")));
        Holds("fer2013", "train", (10, "happy"), (255, "neutral"));
        Holds("fer2013", "test", (7, null));
        File.WriteAllText(_folder["data", "fer2013", "train.csv"], "emotion,pixels\n7,1 2 3\n");
        Assert.Equal(2, Assert.Throws<DatasetException>(() => new PublishedImages("fer2013", _folder["data"])).Row);
    }

    [Fact]
    public void Aircraft_have_three_levels()
    {
        const string data = "fgvc-aircraft-2013b/data/";
        Put("fgvc-aircraft/fgvc-aircraft-2013b.tar.gz", (data + "images/0000001.jpg", P(1)), (data + "images/0000002.jpg", P(2)), (data + "variants.txt", T("707-320\n747-100\n")), (data + "families.txt", T("Boeing 707\nBoeing 747\n")),
            (data + "manufacturers.txt", T("Boeing\n")), (data + "images_variant_train.txt", T("0000002 747-100\n0000001 707-320\n")), (data + "images_family_test.txt", T("0000001 Boeing 707\n")),
            (data + "images_manufacturer_val.txt", T("0000001 Boeing\n")));
        Holds("fgvc_aircraft", "train", (2, "747-100"), (1, "707-320"));
        Holds("fgvc_aircraft_family", "test", (1, "Boeing 707"));
        Holds("fgvc_aircraft_manufacturer", "val", (1, "Boeing"));
    }

    [Fact]
    public void Flowers102_has_its_lists_in_files_of_Matlab()
    {
        Put("flowers-102/102flowers.tgz", [.. Enumerable.Range(1, 4).Select(i => ($"jpg/image_{i:00000}.jpg", P(i)))]);
        Put("flowers-102/imagelabels.mat", ("", MatBytes.File(true, false, new MatArray("labels", MatBytes.Double, [1, 4], 2, [77, 1, 102, 1]))));
        Put("flowers-102/setid.mat", ("", MatBytes.File(true, false, new MatArray("trnid", MatBytes.Double, [1, 2], 2, [3, 1]), new("valid", MatBytes.Double, [1, 1], 2, [2]), new("tstid", MatBytes.Double, [1, 1], 2, [4]))));
        Holds("flowers102", "train", (3, "flower 102"), (1, "flower 77"));
        Holds("flowers102", "val", (2, "flower 1"));
        Holds("flowers102", "test", (4, "flower 1"));
        Put("flowers-102/setid.mat", ("", MatBytes.File(true, false, new MatArray("trnid", MatBytes.Double, [1, 1], 2, [5]))));
        Assert.Contains("from 1 to 4", Assert.Throws<DatasetException>(() => new PublishedImages("flowers102", _folder["data"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Food_101()
    {
        Put("food-101/food-101.tar.gz", ("food-101/images/apple_pie/11.jpg", P(1)), ("food-101/images/waffles/22.jpg", P(2)), ("food-101/meta/classes.txt", T("apple_pie\nwaffles\n")), ("food-101/meta/train.txt", T("waffles/22\napple_pie/11")), ("food-101/meta/test.txt", T("apple_pie/11\n")));
        Holds("food101", "train", (2, "waffles"), (1, "apple_pie"));
        Holds("food101", "test", (1, "apple_pie"));
    }

    [Fact]
    public void Imagenette_in_three_sizes()
    {
        foreach (var (name, file) in ((string, string)[])[("imagenette", "imagenette2"), ("imagenette_320", "imagenette2-320"), ("imagenette_160", "imagenette2-160")])
        {
            Put($"imagenette/{file}.tgz", ($"{file}/train/n01440764/a.JPEG", P(1)), ($"{file}/train/n03888257/b.JPEG", P(2)), ($"{file}/val/n01440764/c.JPEG", P(3)), ($"{file}/noisy_imagenette.csv", T("x")));
            Holds(name, "train", (1, "tench"), (2, "parachute"));
            Holds(name, "val", (3, "tench"));
        }
    }

    [Fact]
    public void Faces_of_people()
    {
        Put("lfw/lfw-funneled.tgz", ("lfw_funneled/Ann_Bo/Ann_Bo_0001.jpg", P(1)), ("lfw_funneled/Ann_Bo/Ann_Bo_0002.jpg", P(2)), ("lfw_funneled/Cy/Cy_0001.jpg", P(3)));
        Put("lfw/peopleDevTrain.txt", ("", T("1\nAnn_Bo\t2\n")));
        Put("lfw/people.txt", ("", T("2\n1\nCy\t1\n1\nAnn_Bo\t2\n")));
        Holds("lfw_people", "train", (1, "Ann_Bo"), (2, "Ann_Bo"));
        Holds("lfw_people", "10fold", (3, "Cy"), (1, "Ann_Bo"), (2, "Ann_Bo"));
    }

    [Fact]
    public void Pets()
    {
        Put("oxford-iiit-pet/images.tar.gz", ("images/Abyssinian_1.jpg", P(1)), ("images/yorkshire_terrier_2.jpg", P(2)));
        Put("oxford-iiit-pet/annotations.tar.gz", ("annotations/trainval.txt", T("yorkshire_terrier_2 2 2 1\nAbyssinian_1 1 1 1\n")), ("annotations/test.txt", T("Abyssinian_1 1 1 1\n")));
        Holds("oxford_pets", "trainval", (2, "Yorkshire Terrier"), (1, "Abyssinian"));
        Holds("oxford_pets", "test", (1, "Abyssinian"));
    }

    [Fact]
    public void Places_365()
    {
        Put("places365/filelist_places365-standard.tar", ("categories_places365.txt", T("/a/airfield 0\n/z/zen_garden 1\n")), ("places365_val.txt", T("Places365_val_1.jpg 1\n")), ("places365_train_standard.txt", T("/a/airfield/1.jpg 0\n")));
        Put("places365/val_256.tar", ("val_256/Places365_val_1.jpg", P(1)));
        Put("places365/train_256_places365standard.tar", ("data_256/a/airfield/1.jpg", P(2)));
        Holds("places365", "val", (1, "/z/zen_garden"));
        Holds("places365", "train", (2, "/a/airfield"));
        Put("places365/val_large.tar", ("val_large/Places365_val_1.jpg", P(3)));
        Put("places365/train_large_places365standard.tar", ("data_large/a/airfield/1.jpg", P(4)));
        Holds("places365_large", "val", (3, "/z/zen_garden"));
        Holds("places365_large", "train", (4, "/a/airfield"));
    }

    [Fact]
    public void Tiny_ImageNet()
    {
        const string root = "tiny-imagenet-200/";
        Put("tiny-imagenet/tiny-imagenet-200.zip", (root + "wnids.txt", T("n02\nn01\n")), (root + "words.txt", T("n01\tgoldfish, Carassius auratus\nn02\towl\nn03\tnone of it\n")), (root + "train/n01/images/n01_0.JPEG", P(1)),
            (root + "train/n01/n01_boxes.txt", T("x")), (root + "train/n02/images/n02_0.JPEG", P(2)), (root + "val/images/val_0.JPEG", P(3)), (root + "val/val_annotations.txt", T("val_0.JPEG\tn02\t0\t32\t44\t62\n")));
        Holds("tiny_imagenet", "train", (1, "goldfish, Carassius auratus"), (2, "owl"));
        Holds("tiny_imagenet", "val", (3, "owl"));
    }

    [Fact]
    public void Qmnist()
    {
        byte[] labels = new byte[2 * 8 * 4];
        BinaryPrimitives.WriteInt32BigEndian(labels, 7);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(32), 2);
        Directory.CreateDirectory(_folder["data", "qmnist"]);
        IdxFile.Write(_folder["data", "qmnist", "qmnist-test-images-idx3-ubyte.gz"], Tensor.From([1, 1, 9, 9], [2, 1, 2]).To(DType.UInt8));
        IdxFile.Write(_folder["data", "qmnist", "qmnist-test-labels-idx2-int.gz"], Tensor.From(Enumerable.Range(0, 16).Select(i => BinaryPrimitives.ReadInt32BigEndian(labels.AsSpan(4 * i))).ToArray(), [2, 8]));
        Holds("qmnist", "test", (1, "7"), (9, "2"));
    }

    /// <summary>A picture that is no other when it lies on its side, column by column: rows of 1, 2 … in red, blue is 0.</summary>
    static byte[] Columns(int size, int count) => [.. Enumerable.Range(0, count).SelectMany(_ => Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(0, size * size).Select(p => (byte)(c == 2 ? 0 : p % size + 1))))];

    static void IsUpright(Image picture, int size)
    {
        Assert.Equal((size, size), (picture.Width, picture.Height));
        for (int y = 0; y < size; y++) for (int x = 0; x < size; x++) Assert.Equal([(byte)(y + 1), (byte)(y + 1), 0], picture.Row(y).Slice(3 * x, 3).ToArray());
    }

    [Fact]
    public void Stl_10()
    {
        Put("stl10/stl10_binary.tar.gz", ("stl10_binary/class_names.txt", T("airplane\nbird\n")), ("stl10_binary/train_X.bin", Columns(96, 2)), ("stl10_binary/train_y.bin", [2, 1]), ("stl10_binary/unlabeled_X.bin", Columns(96, 1)));
        Holds("stl10", "train", (1, "bird"), (1, "airplane"));
        Holds("stl10", "unlabeled", (1, null));
        IsUpright(new PublishedImages("stl10", _folder["data"])[1].Picture, 96);
        File.WriteAllBytes(_folder["data", "stl10", "stl10_binary", "train_y.bin"], [3, 1]);
        Assert.Contains("from 1 to 2", Assert.Throws<DatasetException>(() => new PublishedImages("stl10", _folder["data"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Svhn(bool compress)
    {
        byte[] file = MatBytes.File(compress, false, new MatArray("X", MatBytes.UInt8, [32, 32, 3, 2], 2, Columns(32, 2)), new("y", MatBytes.Double, [2, 1], 2, [10, 3]));
        Put("svhn/train_32x32.mat", ("", file));
        Holds("svhn", "train", (1, "0"), (1, "3"));
        IsUpright(new PublishedImages("svhn", _folder["data"])[1].Picture, 32);
        Put("svhn/test_32x32.mat", ("", file[..^9]));
        Assert.Contains("test_32x32.mat", Assert.Throws<DatasetException>(() => new PublishedImages("svhn", _folder["data"], "test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_unpacked_is_read_from_its_folder_and_an_archive_only_once()
    {
        Put("eurosat/EuroSAT.zip", ("2750/Forest/Forest_1.jpg", P(1)));
        Holds("eurosat", "all", (1, "Forest"));
        Assert.Single(new PublishedImages("eurosat", _folder["data", "eurosat"], source: DataSource.Folder));
        Layouts.Write(_folder["data", "eurosat", "2750", "Forest", "Forest_1.jpg"], ("", P(5)));
        Holds("eurosat", "all", (5, "Forest"));                              // not unpacked again over it
        Assert.True(File.Exists(_folder["data", "eurosat", "EuroSAT.zip"]));  // nobody's archive is deleted
        Assert.Equal([3, 4, 6], new PublishedImages("eurosat", _folder["data"]).Map(new Resize((4, 6)))[0].X.Shape);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        string Fault(string name, string? split = null) => Assert.ThrowsAny<Exception>(() => new PublishedImages(name, _folder["data"], split, DataSource.Folder)).Message;
        Assert.Contains("there are bird_species, caltech101", Fault("cifar11"), StringComparison.Ordinal);
        Assert.Contains("but train, val, test", Fault("flowers102", "valid"), StringComparison.Ordinal);
        Assert.Contains("DrawnShapes", Assert.Throws<ArgumentException>(() => new PublishedImages("svhn", "x", source: DataSource.Generate)).Message, StringComparison.Ordinal);
        foreach (string name in PublishedImages.Names) Assert.Contains(_folder["data"], Fault(name), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_does_not_lead_out_of_the_folder()
    {
        Put("food-101/food-101.tar.gz", ("food-101/meta/classes.txt", T("..\n")), ("food-101/meta/train.txt", T("../../../../etc/passwd\n")));
        Assert.Contains("outside", Assert.Throws<DatasetException>(() => new PublishedImages("food101", _folder["data"])).Message, StringComparison.Ordinal);
    }
}
